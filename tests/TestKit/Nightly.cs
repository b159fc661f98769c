namespace GraphGateway.TestKit;

/// <summary>
/// How long random tests look: some thousand cases in each run of the tests, and many more in a nightly one, which the variable asks for.
/// </summary>
public static class Nightly
{
    /// <summary>The variable's name; <c>1</c> switches it on.</summary>
    public const string Variable = "GRAPHGATEWAY_TEST_NIGHTLY";

    /// <summary>True in a nightly run.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>The number of cases of this run.</summary>
    /// <param name="usual">In each run.</param>
    /// <param name="nightly">In a nightly one.</param>
    public static int Cases(int usual, int nightly) => IsOn ? nightly : usual;
}
