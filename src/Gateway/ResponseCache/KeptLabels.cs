using System.Collections.Immutable;

namespace GraphGateway.Gateway;

/// <summary>By what something that is kept is found when it is to be forgotten: what it has of each source.</summary>
/// <param name="parts">What it has of each; an entity has one.</param>
internal sealed class KeptLabels(params ImmutableArray<KeptPart> parts)
{
    /// <summary>Bytes that they take, about.</summary>
    public long Size { get; } = parts.Sum(static part => part.Size);

    /// <summary>All of its tags that are known.</summary>
    public IEnumerable<string> Tags => parts.SelectMany(static part => part.Tags);

    /// <summary>Whether it is to be forgotten.</summary>
    public bool Matches(Invalidation invalidation)
    {
        foreach (var part in parts)
        {
            if ((invalidation.Sources.IsEmpty || invalidation.Sources.Contains(part.Source)) && part.Matches(invalidation))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What something that is kept has of one source.</summary>
/// <param name="Source">The source's name.</param>
internal sealed record KeptPart(string Source)
{
    private const int Overhead = 100;

    /// <summary>The types of its objects, as far as an invalidation can name them.</summary>
    public IReadOnlyCollection<string> Types { get; init; } = [];

    /// <summary>Its tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Formats of tags whose values are not known: it has any tag that fits.</summary>
    public ImmutableArray<TagFormat> Formats { get; init; } = [];

    /// <summary>Of an entity, what it was asked by; null for what may have any entity in it.</summary>
    public EntityInputs? Inputs { get; init; }

    /// <summary>Bytes that it takes, about. Types and formats belong to the graph.</summary>
    public long Size => Overhead + (Inputs?.Size ?? 0) + Tags.Sum(static tag => 40 + (2L * tag.Length));

    /// <summary>Whether the source's part is to be forgotten.</summary>
    public bool Matches(Invalidation invalidation) =>
        (invalidation.Type is null || Types.Contains(invalidation.Type))
        && (invalidation.Key is not { } key || Inputs is null || Inputs.CanHave(key))
        && (invalidation.Tag is not { } tag || Tags.Contains(tag) || Formats.Any(format => format.Fits(tag)));
}
