using System.Text;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Gateway.Tests.Authentication;

/// <summary>All that is logged, of whatever category and level, with its values and its exceptions.</summary>
internal sealed class WholeLog : ILoggerProvider
{
    private readonly StringBuilder text = new();

    public string Text
    {
        get
        {
            lock (text)
            {
                return text.ToString();
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Lines(text);

    public void Dispose()
    {
    }

    private sealed class Lines(StringBuilder text) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (text)
            {
                text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
            }
        }
    }
}
