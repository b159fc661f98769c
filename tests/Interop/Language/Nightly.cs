namespace GraphGateway.Interop.Language;

/// <summary>Whether there is time for many more cases than a commit waits for: <c>GRAPHGATEWAY_TEST_NIGHTLY=1</c>.</summary>
internal static class Nightly
{
    public static bool Is { get; } = Environment.GetEnvironmentVariable("GRAPHGATEWAY_TEST_NIGHTLY") == "1";
}
