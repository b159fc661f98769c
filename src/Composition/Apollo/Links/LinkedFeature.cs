using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>A name that a link brings in, and what the source calls it; both with the <c>@</c> of directives.</summary>
internal sealed record LinkImport(string Name, string As);

/// <summary>One <c>@link</c> of a source.</summary>
/// <param name="Url">What is linked.</param>
/// <param name="Alias">What stands before <c>__</c> in the names that are not imported.</param>
/// <param name="Imports">What is imported.</param>
/// <param name="Place">Where it is linked.</param>
internal sealed record LinkedFeature(FeatureUrl Url, string Alias, ImmutableArray<LinkImport> Imports, Place Place)
{
    /// <summary>The names in the source of a directive of the specification.</summary>
    internal string DirectiveName(string name) =>
        Imported("@" + name)?[1..] ?? (name == Url.Name ? Alias : $"{Alias}__{name}");

    /// <summary>The name in the source of a type of the specification.</summary>
    internal string TypeName(string name) => Imported(name) ?? $"{Alias}__{name}";

    /// <summary>The specification's name of a directive of the source, or null when it is none of this specification.</summary>
    internal string? OriginalDirective(string name)
    {
        foreach (var import in Imports)
        {
            if (import.As == "@" + name)
            {
                return import.Name[1..];
            }
        }

        var own = name == Alias ? Url.Name
            : name.StartsWith(Alias + "__", StringComparison.Ordinal) ? name[(Alias.Length + 2)..]
            : null;
        return own is null || Imported("@" + own) is not null ? null : own;
    }

    private string? Imported(string name)
    {
        foreach (var import in Imports)
        {
            if (import.Name == name)
            {
                return import.As;
            }
        }

        return null;
    }
}
