using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GraphGateway.Demo;

/// <summary>A child of the demo. Its output goes to a log file; the last lines are kept for the message when it dies.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const int KeptLines = 30;
    private const int Sigterm = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Queue<string> _lastLines = new(KeptLines);
    private readonly StreamWriter _log;

    private RunningProgram(DemoProgram program, int port, Process process, string logFile, TimeProvider clock)
    {
        Program = program;
        Port = port;
        _process = process;
        _clock = clock;
        _log = new StreamWriter(logFile) { AutoFlush = true };
        process.OutputDataReceived += (_, received) => Keep(received.Data);
        process.ErrorDataReceived += (_, received) => Keep(received.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = process.WaitForExitAsync();
    }

    public DemoProgram Program { get; }

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>Ends when the program has ended and its output is read.</summary>
    public Task Exited { get; }

    public int ExitCode => _process.ExitCode;

    public Uri Url(string path) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}{path}"));

    public string LastLines
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lastLines.Select(line => "    " + line));
            }
        }
    }

    public static RunningProgram Start(DemoProgram program, int port, string file, IEnumerable<string> arguments, string logFile, TimeProvider clock)
    {
        var start = new ProcessStartInfo(DotnetHost(), [file, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return new RunningProgram(program, port, new Process { StartInfo = start }, logFile, clock);
    }

    /// <summary>Asks the program to end, and ends it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            Ask();
            try
            {
                await Exited.WaitAsync(StopLimit, _clock);
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
                await Exited;
            }
        }

        _process.Dispose();
        await _log.DisposeAsync();
    }

    private void Ask()
    {
        // Windows has no such signal.
        if (OperatingSystem.IsWindows() || SendSignal(_process.Id, Sigterm) != 0)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _log.WriteLine(line);
            if (_lastLines.Count == KeptLines)
            {
                _lastLines.Dequeue();
            }

            _lastLines.Enqueue(line);
        }
    }

    // The host that runs the demo itself; it need not be on the search path.
    internal static string DotnetHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(host) ? host : name;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
