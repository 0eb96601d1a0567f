# For lr quarantine: packs the quarantine store of Defender Antivirus as it lies on the disk. Its
# files are encoded, so nothing is restored and nothing is detected on the way. Not tried on a real
# device by the authors of Quarry: read it, try it on one machine, then use it on many.
param([Parameter(Mandatory)] [string] $Out)
$ErrorActionPreference = 'Stop'
$store = Join-Path $env:ProgramData 'Microsoft\Windows Defender\Quarantine'
$parts = 'Entries', 'ResourceData', 'Resources' |
    ForEach-Object { Join-Path $store $_ } | Where-Object { Test-Path $_ }
if (-not $parts) {
    @{ error = 'not in quarantine on this device (or cleaned: entries expire)' } |
        ConvertTo-Json -Compress
    exit 3
}
Compress-Archive -Path $parts -DestinationPath $Out -Force
@{ package = $Out; bytes = (Get-Item $Out).Length } | ConvertTo-Json -Compress
