# Live response library script: records for some seconds what Defender Antivirus scans, into a file
# that GetFile then fetches. It changes no setting. Live response ends a script after ten minutes.
#
#   RunScript  ScriptName collect-recording.ps1  Args "-Seconds 120"
#   GetFile    Path C:\Windows\Temp\defender-scan-load.etl
param(
    [ValidateRange(5, 540)] [int] $Seconds = 60,
    [string] $RecordTo = 'C:\Windows\Temp\defender-scan-load.etl'
)
$ErrorActionPreference = 'Stop'

if (-not (Get-Command New-MpPerformanceRecording -ErrorAction SilentlyContinue)) {
    throw 'New-MpPerformanceRecording is missing: Defender platform 4.18.2108 or newer is needed.'
}

# An old recording must not be taken for the new one.
if (Test-Path -LiteralPath $RecordTo) { Remove-Item -LiteralPath $RecordTo -Force }

# Some busy minutes make some hundred megabytes.
$drive = (Get-Item -LiteralPath (Split-Path -Parent $RecordTo)).PSDrive
if ($drive.Free -lt 2GB) { throw "Less than 2 GB free on $($drive.Name): no recording was made." }

# Fails where another recording is running; that one is left alone.
New-MpPerformanceRecording -RecordTo $RecordTo -Seconds $Seconds | Out-Null

# What the transcript of the action says.
$file = Get-Item -LiteralPath $RecordTo
[pscustomobject]@{
    Computer = $env:COMPUTERNAME
    Path     = $file.FullName
    Seconds  = $Seconds
    Bytes    = $file.Length
    Sha256   = (Get-FileHash -LiteralPath $RecordTo -Algorithm SHA256).Hash
} | ConvertTo-Json -Compress
