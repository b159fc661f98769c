using GraphGateway.Gateway;
using GraphGateway.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GraphGateway.Gateway.Tests.Health;

/// <summary>What the prober sees and how requests end, together.</summary>
public sealed class SourceHealthTests
{
    private static readonly SourceEndpoint Users = new("users", new Uri("http://name:secret@users:5101/graphql?key=secret"));

    private readonly FakeTimeProvider _clock = new();
    private readonly SourceHealth _health;

    public SourceHealthTests() =>
        _health = new SourceHealth([Users], new HealthOptions { Interval = TimeSpan.FromSeconds(5) }, _clock, NullLogger<SourceHealth>.Instance);

    [Fact]
    public void A_source_that_hangs_stays_down_though_it_accepts_connections()
    {
        _health.ReportUnanswered(Users, "no answer within 3 s");
        _clock.Advance(TimeSpan.FromSeconds(59));
        _health.ReportConnects(Users);
        Assert.Equal([new SourceState(Users, SourceStatus.Down, "no answer within 3 s")], _health.States.AsEnumerable());

        _health.ReportUnanswered(Users, "no answer within 3 s");
        _clock.Advance(TimeSpan.FromSeconds(59));
        _health.ReportConnects(Users);
        Assert.Equal(SourceStatus.Down, _health.States[0].Status);

        _clock.Advance(TimeSpan.FromSeconds(1));
        _health.ReportConnects(Users);
        Assert.Equal([new SourceState(Users, SourceStatus.Up, null)], _health.States.AsEnumerable());
    }

    [Fact]
    public void A_good_answer_or_a_new_process_ends_the_doubt()
    {
        _health.ReportUnanswered(Users, "no answer within 3 s");
        _health.ReportUp(Users);
        Assert.Equal(SourceStatus.Up, _health.States[0].Status);

        _health.ReportUnanswered(Users, "no answer within 3 s");
        _health.ReportDown(Users, "Connection refused");
        _health.ReportConnects(Users);
        Assert.Equal(SourceStatus.Up, _health.States[0].Status);
    }

    [Fact]
    public void A_failure_beside_good_answers_does_not_make_the_source_down()
    {
        var monitor = new SourceMonitor(Users, _health, _clock, NullLogger.Instance);
        var slow = monitor.Begin();
        _clock.Advance(TimeSpan.FromSeconds(1));
        monitor.Succeeded();
        _clock.Advance(TimeSpan.FromSeconds(2));
        monitor.Failed(SourceFailure.TimedOut, "no answer within 3 s", slow);
        Assert.Equal(SourceStatus.Up, _health.States[0].Status);

        monitor.Failed(SourceFailure.TimedOut, "no answer within 3 s", monitor.Begin());
        Assert.Equal(SourceStatus.Down, _health.States[0].Status);
    }

    [Fact]
    public void An_address_is_told_without_its_secrets() => Assert.Equal("http://users:5101/graphql", Users.ShownUrl);
}
