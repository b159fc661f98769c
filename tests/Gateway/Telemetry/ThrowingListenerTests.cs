using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using GraphGateway.Execution;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Telemetry;

/// <summary>Who listens to the meter, to spans or to the log has a fault of its own: the request fails, and leaves nothing behind.</summary>
public sealed class ThrowingListenerTests
{
    [Theory]
    [InlineData("graphgateway.fetch.duration")]
    [InlineData("graphgateway.operation.duration")]
    public async Task The_answers_memory_is_given_back_and_the_mutation_has_ended(string instrument)
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"greet":"you"}}""");
        AnswerMemory memory;
        await using (var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"]))
        {
            memory = gateway.Services.GetRequiredService<AnswerMemory>();
            var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(GatewayTelemetry.Name);
            using var listener = new MeterListener
            {
                InstrumentPublished = (published, listening) =>
                {
                    if (published.Meter == ours && published.Name == instrument)
                    {
                        listening.EnableMeasurementEvents(published);
                    }
                },
            };
            listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("The listener's own fault."));
            listener.Start();
            using var response = await gateway.SendAsync("mutation { greet }");
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            Assert.Equal(1, gateway.Services.GetRequiredService<GraphGateway.Gateway.Deduplication>().Mutations.Ended);
        }

        Assert.Equal(0, memory.HeldBytes);
    }

    [Theory]
    [InlineData("fetch users")]
    [InlineData("graphql.execute")]
    [InlineData("GraphQL Operation")]
    public async Task The_answers_memory_is_given_back_when_the_end_of_a_span_throws(string span)
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"greet":"you"}}""");
        AnswerMemory memory;
        await using (var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"]))
        {
            memory = gateway.Services.GetRequiredService<AnswerMemory>();
            var ours = gateway.Services.GetRequiredService<GatewayTelemetry>().Source;
            var thrown = 0;
            using var listener = new ActivityListener
            {
                ShouldListenTo = asked => asked == ours,
                Sample = (ref _) => ActivitySamplingResult.AllData,
                ActivityStopped = ended =>
                {
                    if (ended.OperationName == span)
                    {
                        thrown++;
                        throw new InvalidOperationException("The listener's own fault.");
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
            using var response = await gateway.SendAsync("mutation { greet }");
            Assert.Equal((HttpStatusCode.InternalServerError, 1), (response.StatusCode, thrown));
            Assert.Equal(1, gateway.Services.GetRequiredService<GraphGateway.Gateway.Deduplication>().Mutations.Ended);
        }

        Assert.Equal(0, memory.HeldBytes);
    }

    [Fact]
    public async Task The_answers_memory_is_given_back_when_the_log_throws()
    {
        await using var source = await FakeSource.AnswersAsync("<html>no GraphQL</html>");
        AnswerMemory memory;
        await using (var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"], log: new ThrowingLog()))
        {
            memory = gateway.Services.GetRequiredService<AnswerMemory>();
            using var response = await gateway.SendAsync("{ hello }");
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        }

        Assert.Equal(0, memory.HeldBytes);
    }

    /// <summary>Throws at the line of a request to a source that failed.</summary>
    private sealed class ThrowingLog : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).StartsWith("A request to source users", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("The log's own fault.");
            }
        }

        public void Dispose()
        {
        }
    }
}
