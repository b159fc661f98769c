using System.Threading.Channels;
using GraphGateway.TestKit;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Gateway.Tests.Health;

/// <summary>Waits for a line in the gateway's log.</summary>
internal sealed class LogWatch : ILoggerProvider, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public Task SeenAsync(string line) => SeenAsync(line, next => next == line);

    /// <summary>For a line that ends in the operating system's words.</summary>
    public Task SeenStartAsync(string start) => SeenAsync(start, next => next.StartsWith(start, StringComparison.Ordinal));

    /// <summary>The next line, and no other one before it.</summary>
    public async Task SeenNextAsync(string line)
    {
        using var timeout = new CancellationTokenSource(TestPatience.Limit);
        var next = await _lines.Reader.ReadAsync(timeout.Token);
        if (next != line)
        {
            throw new InvalidOperationException($"The log said '{next}', and not '{line}'.");
        }
    }

    private async Task SeenAsync(string line, Predicate<string> isIt)
    {
        using var timeout = new CancellationTokenSource(TestPatience.Limit);
        var seen = new List<string>();
        try
        {
            string next;
            do
            {
                next = await _lines.Reader.ReadAsync(timeout.Token);
                seen.Add(next);
            }
            while (!isIt(next));
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"The log did not say '{line}', but:\n{string.Join('\n', seen)}");
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite(formatter(state, exception));

    public void Dispose()
    {
    }
}
