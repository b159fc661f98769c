namespace GraphGateway.Composition;

/// <summary>What a code means, with an example and its mend: the sections of <c>explanations.md</c>.</summary>
public static class ProblemExplanations
{
    private static readonly Dictionary<string, string> Sections = Load();

    /// <summary>The explanation, beginning with the code itself.</summary>
    public static string Of(ProblemCode code) => Sections.GetValueOrDefault(code.ToWire(), code.ToWire());

    private static Dictionary<string, string> Load()
    {
        using var stream = typeof(ProblemExplanations).Assembly.GetManifestResourceStream("explanations.md")
            ?? throw new InvalidOperationException("explanations.md is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n## ")[1..].ToDictionary(
            section => section[..section.IndexOf('\n', StringComparison.Ordinal)].Trim(),
            section => section.TrimEnd(),
            StringComparer.Ordinal);
    }
}
