using System.Collections.Immutable;

namespace GraphGateway.Execution;

/// <summary>The names under which a source wants parts of its answer to be forgotten (cache tags, or surrogate keys).</summary>
/// <param name="All">Those of the whole answer.</param>
/// <param name="ByEntity">Of a list of entities, those of each, in the order of the list; empty where it does not say.</param>
public sealed record AnswerTags(ImmutableArray<string> All, ImmutableArray<ImmutableArray<string>> ByEntity)
{
    /// <summary>None.</summary>
    public static AnswerTags None { get; } = new([], []);

    /// <summary>Those of the answer and of all entities in it.</summary>
    public IEnumerable<string> Together => ByEntity.IsEmpty ? All : All.Concat(ByEntity.SelectMany(static tags => tags)).Distinct(StringComparer.Ordinal);

    /// <summary>Those of one entity: where it is not known which are its own, it has all.</summary>
    /// <param name="position">Its place in the list.</param>
    /// <param name="count">How many entities the answer is for.</param>
    public IEnumerable<string> Of(int position, int count) => ByEntity.IsEmpty ? All : ByEntity.Length == count ? All.Concat(ByEntity[position]).Distinct(StringComparer.Ordinal) : Together;
}
