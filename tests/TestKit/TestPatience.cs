namespace GraphGateway.TestKit;

/// <summary>How long a test waits for what comes on any machine, however busy it is: when it has passed, something hangs.</summary>
public static class TestPatience
{
    /// <summary>Five minutes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
}
