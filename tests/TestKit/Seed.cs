using System.Globalization;

namespace GraphGateway.TestKit;

/// <summary>
/// The seed of a test with random input. The same for everybody by default, so that a commit passes or fails wherever it is checked;
/// the variable gives another one, or <c>random</c> for a new one each time, which is how new cases are looked for.
/// </summary>
public static class Seed
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "GRAPHGATEWAY_TEST_SEED";

    /// <summary>The seed of this run; a failing test prints it.</summary>
    public static int Value { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => 20260101,
        "random" => Environment.TickCount,
        var text => int.Parse(text, CultureInfo.InvariantCulture),
    };
}
