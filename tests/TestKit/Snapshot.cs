using System.Runtime.CompilerServices;
using System.Text;
using Xunit.Sdk;

namespace GraphGateway.TestKit;

/// <summary>
/// Large expected outputs, kept in <c>__snapshots__</c> beside the test with the input printed on top.
/// Under 60 lines the expected output belongs into the test itself.
/// </summary>
public static class Snapshot
{
    /// <summary>Set to <c>1</c>, this environment variable rewrites the snapshots instead of comparing with them.</summary>
    public const string UpdateVariable = "GRAPHGATEWAY_UPDATE_SNAPSHOTS";

    /// <summary>
    /// Compares <paramref name="actual"/> (and the printed <paramref name="input"/>) with the file
    /// <c>__snapshots__/TestFile.TestMethod[.name].snap</c>. A missing file is written, but fails where the variable <c>CI</c> is set.
    /// </summary>
    /// <param name="actual">The whole output; line ends are normalised to <c>\n</c>.</param>
    /// <param name="input">What led to the output; a reader of the file sees it first.</param>
    /// <param name="name">Tells several snapshots of one test apart.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    /// <param name="testMethod">Filled in by the compiler.</param>
    /// <exception cref="XunitException">The outputs differ, or the file is missing in CI.</exception>
    public static void Match(
        string actual,
        string? input = null,
        string? name = null,
        [CallerFilePath] string testFile = "",
        [CallerMemberName] string testMethod = "")
    {
        ArgumentNullException.ThrowIfNull(actual);
        MatchFile(PathOf(testFile, testMethod, name), Render(actual, input), Flag(UpdateVariable), Flag("CI"));
    }

    internal static void MatchFile(string path, string rendered, bool update, bool continuousIntegration)
    {
        if (update || (!File.Exists(path) && !continuousIntegration))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, rendered);
            return;
        }

        if (!File.Exists(path))
        {
            throw new XunitException($"There is no snapshot {path}. Run the test without CI=1 to write it, read it, and commit it.");
        }

        var expected = Normalise(File.ReadAllText(path));
        if (expected != rendered)
        {
            throw new XunitException(Difference(path, expected, rendered));
        }
    }

    internal static string Render(string actual, string? input)
    {
        var text = new StringBuilder();
        if (input is not null)
        {
            text.Append("=== input ===\n").Append(Normalise(input)).Append("=== output ===\n");
        }

        return text.Append(Normalise(actual)).ToString();
    }

    private static string PathOf(string testFile, string testMethod, string? name) =>
        Path.Combine(
            Path.GetDirectoryName(testFile)!,
            "__snapshots__",
            $"{Path.GetFileNameWithoutExtension(testFile)}.{testMethod}{(name is null ? "" : "." + name)}.snap");

    private static string Difference(string path, string expected, string actual)
    {
        var expectedLines = expected.Split('\n');
        var actualLines = actual.Split('\n');
        var line = 0;
        while (line < expectedLines.Length && line < actualLines.Length && expectedLines[line] == actualLines[line])
        {
            line++;
        }

        return $"""
            The output differs from {path} at line {line + 1}.
            expected: {(line < expectedLines.Length ? expectedLines[line] : "(end of text)")}
            actual:   {(line < actualLines.Length ? actualLines[line] : "(end of text)")}
            If the new output is right, run the test with {UpdateVariable}=1 and commit the file. The whole output was:
            {actual}
            """;
    }

    private static string Normalise(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static bool Flag(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && value is not ("0" or "false");
}
