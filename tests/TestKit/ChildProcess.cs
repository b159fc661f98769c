using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace GraphGateway.TestKit;

/// <summary>What a finished program left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Error);

/// <summary>A program that a test starts and that never outlives it: disposing kills it, and its own children, by id.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Lock _lock = new();

    // Unbounded on purpose: what a test's program writes is bounded by the test, and a full channel would lose the line waited for.
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private int _openStreams = 2;

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, received) => Take(received.Data, _output);
        process.ErrorDataReceived += (_, received) => Take(received.Data, _error);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the program has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>All that the program wrote so far, standard output first; for the message of a failing test.</summary>
    public string Everything
    {
        get
        {
            lock (_lock)
            {
                return $"--- standard output ---\n{_output}--- standard error ---\n{_error}";
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path, or its name on the search path.</param>
    /// <param name="arguments">One entry per argument, unquoted.</param>
    /// <param name="workingDirectory">Where it starts; the repository's root where none is given.</param>
    /// <param name="environment">Variables set (or, with null, removed) on top of the test's own.</param>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory ?? Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(new Process { StartInfo = start });
    }

    /// <summary>Starts a built .NET program: <c>dotnet FILE arguments</c>.</summary>
    /// <param name="assembly">The path of its main dll.</param>
    /// <param name="arguments">One entry per argument, unquoted.</param>
    /// <param name="workingDirectory">Where it starts; the repository's root where none is given.</param>
    /// <param name="environment">Variables set (or, with null, removed) on top of the test's own.</param>
    public static ChildProcess StartDotnet(
        string assembly,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null) =>
        Start(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [assembly, .. arguments], workingDirectory, environment);

    /// <summary>Waits for the next line, of either stream, that fulfils the condition. Lines before it are passed over.</summary>
    /// <param name="condition">Sees each line once.</param>
    /// <param name="limit">The longest wait; <see cref="TestPatience.Limit"/> where none is given.</param>
    /// <exception cref="InvalidOperationException">The program ended, or the limit passed, before such a line came.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> condition, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var timeout = new CancellationTokenSource(limit ?? TestPatience.Limit);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(timeout.Token))
            {
                if (condition(line))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"The line did not come within {limit ?? TestPatience.Limit}. {Everything}");
        }

        throw new InvalidOperationException($"The program ended before the line came. {Everything}");
    }

    /// <summary>Waits until the program has ended and all its output is read.</summary>
    /// <param name="limit">The longest wait; <see cref="TestPatience.Limit"/> where none is given.</param>
    /// <exception cref="InvalidOperationException">The limit passed.</exception>
    public async Task<ProcessResult> WaitForExitAsync(TimeSpan? limit = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? TestPatience.Limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"The program did not end within {limit ?? TestPatience.Limit}. {Everything}");
        }

        lock (_lock)
        {
            return new ProcessResult(_process.ExitCode, _output.ToString(), _error.ToString());
        }
    }

    /// <summary>Sends a POSIX signal by process id, for example <c>INT</c> (what Ctrl+C sends) or <c>TERM</c>.</summary>
    /// <param name="signal">The signal's name without <c>SIG</c>.</param>
    public async Task SignalAsync(string signal)
    {
        // Through the shell, whose own kill is always there; the program of that name is not.
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -s {signal} {_process.Id}")]);
        await kill.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line, StringBuilder text)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _openStreams) == 0)
            {
                _lines.Writer.TryComplete();
            }

            return;
        }

        lock (_lock)
        {
            text.Append(line).Append('\n');
        }

        _lines.Writer.TryWrite(line);
    }
}
