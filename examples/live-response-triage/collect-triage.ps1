# Collects what a first look at a Windows machine needs into one zip file. Run by Defender's live
# response as SYSTEM: it reads, and writes only the file that -Out names.
param(
    [Parameter(Mandatory)] [string] $Account,
    [Parameter(Mandatory)] [string] $Out
)
$ErrorActionPreference = 'Stop'
$folder = Join-Path $env:TEMP ([guid]::NewGuid())
New-Item -ItemType Directory $folder | Out-Null
try {
    Get-CimInstance Win32_Process |
        Select-Object ProcessId, ParentProcessId, Name, CommandLine, CreationDate |
        ConvertTo-Json | Set-Content (Join-Path $folder 'processes.json')
    Get-NetTCPConnection |
        Select-Object LocalAddress, LocalPort, RemoteAddress, RemotePort, State, OwningProcess |
        ConvertTo-Json | Set-Content (Join-Path $folder 'connections.json')
    Get-ScheduledTask |
        Select-Object TaskPath, TaskName, State, @{ n = 'Actions'; e = { $_.Actions.Execute } } |
        ConvertTo-Json | Set-Content (Join-Path $folder 'tasks.json')
    Get-CimInstance Win32_UserProfile |
        Where-Object { $_.LocalPath -like "*\$Account" } |
        Select-Object LocalPath, SID, LastUseTime |
        ConvertTo-Json | Set-Content (Join-Path $folder 'profile.json')
    Compress-Archive -Path (Join-Path $folder '*') -DestinationPath $Out -Force
    @{ package = $Out; files = (Get-ChildItem $folder).Count } | ConvertTo-Json -Compress
}
finally {
    Remove-Item -Recurse -Force $folder
}
