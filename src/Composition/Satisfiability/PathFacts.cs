using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// What the way to a point has decided, and holds for all below it: which labels are on (progressive <c>@override</c>), and which contexts
/// a value above sets (<c>@context</c>), and cannot give. Facts that say the same are equal.
/// </summary>
internal sealed class PathFacts : IEquatable<PathFacts>
{
    // Of each label and each context, in any order: what is said once more is not looked at as a whole.
    private readonly int hash;

    private PathFacts(ImmutableSortedDictionary<string, bool> labels, ImmutableSortedSet<string> contexts, int hash)
    {
        Labels = labels;
        Contexts = contexts;
        this.hash = hash;
    }

    internal static PathFacts None { get; } = new(
        ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal), ImmutableSortedSet.Create<string>(StringComparer.Ordinal), 0);

    internal ImmutableSortedDictionary<string, bool> Labels { get; }

    internal ImmutableSortedSet<string> Contexts { get; }

    public bool Equals(PathFacts? other) => ReferenceEquals(this, other)
        || (other is not null && hash == other.hash && Labels.Count == other.Labels.Count && Contexts.Count == other.Contexts.Count
            && Labels.SequenceEqual(other.Labels) && Contexts.SequenceEqual(other.Contexts));

    public override bool Equals(object? obj) => Equals(obj as PathFacts);

    public override int GetHashCode() => hash;

    /// <summary>A context as it is named here: each source has its own.</summary>
    internal static string Context(SourceSchema source, string name) => $"{source.Ordinal}:{name}";

    /// <summary>That what an argument takes from a context cannot be had where it is set.</summary>
    internal static string Lost(SourceSchema source, ContextArgument argument) => $"{Context(source, argument.Context)} {Syntax.Fields(argument.Selection)}";

    internal PathFacts With(string label, bool isOn)
    {
        var without = Without(label);
        return new(without.Labels.Add(label, isOn), Contexts, without.hash ^ HashCode.Combine(label, isOn));
    }

    /// <summary>What is known when nobody knows of the label.</summary>
    internal PathFacts Without(string label) => Labels.TryGetValue(label, out var isOn)
        ? new(Labels.Remove(label), Contexts, hash ^ HashCode.Combine(label, isOn))
        : this;

    /// <summary>What is known where nobody cares for other labels.</summary>
    internal PathFacts Only(IReadOnlySet<string> labels)
    {
        var facts = this;
        foreach (var label in Labels.Keys)
        {
            facts = labels.Contains(label) ? facts : facts.Without(label);
        }

        return facts;
    }

    /// <summary>What is known of contexts.</summary>
    internal PathFacts Unlabelled() => Labels.IsEmpty ? this : new(None.Labels, Contexts, Labels.Aggregate(hash, static (code, label) => code ^ HashCode.Combine(label.Key, label.Value)));

    /// <summary>What is known below a value that sets a context, or that gives nothing of what is selected from one.</summary>
    internal PathFacts With(string context)
    {
        var all = Contexts.Add(context);
        return ReferenceEquals(all, Contexts) ? this : new(Labels, all, hash ^ HashCode.Combine(context));
    }

    /// <summary>What is known where that is so no more: the nearest value counts.</summary>
    internal PathFacts WithoutContext(string context)
    {
        var all = Contexts.Remove(context);
        return ReferenceEquals(all, Contexts) ? this : new(Labels, all, hash ^ HashCode.Combine(context));
    }
}
