using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Where a walk knows further down which labels are on. With each of them it would see three times as many points, and nearly nowhere does it matter what was decided on the way. So a walk begins by knowing none: it
/// takes both sides of a label at each field that moves by it, which is more than there can be, and what keys and requirements need it has only where they have it whatever the label. What is missing all the same,
/// at the end of a way that takes a label to be on and off, or that has forgotten one on which keys hang, may not be missing: from then on the label is known on that way, and the walk begins anew. When a walk
/// finds only what is missing in truth, it is the last one. Where a label matters, mostly a point is reached with one side of it alone, so that there are no more points for it. What hangs on a label before
/// any field has moved by it (a key that clients do not see) may be there for each of its sides by itself: such a label is decided before the first field, and known everywhere.
/// </summary>
internal sealed class LabelMemory(Supergraph supergraph, WalkSize size)
{
    private readonly HashSet<string> ofKeys = KeyLabels.Of(supergraph);

    // Of what stands at a type; without stands, of all there: they hang on the labels of keys.
    private readonly Dictionary<(TypeIndex Type, StandSet? Stands), HashSet<string>> known = [];

    private readonly SortedSet<string> foreseen = new(StringComparer.Ordinal);

    // What was looked at since the walk began: ways begin alike.
    private readonly HashSet<(LabelTrail Trail, string? Label)> done = [];

    /// <summary>True when more labels are known by now than when the walk began.</summary>
    internal bool HasGrown { get; private set; }

    /// <summary>True when nothing that is asked on the way to a field hangs on labels, but for those by which the way itself moves.</summary>
    internal bool HasNoneOfKeys => ofKeys.Count == 0;

    /// <summary>Those that are decided before the first field.</summary>
    internal IReadOnlyCollection<string> Foreseen => foreseen;

    /// <summary>True when keys or requirements may hang on the label, and it can be forgotten.</summary>
    internal bool IsOfKeys(string label) => ofKeys.Contains(label) && !foreseen.Contains(label);

    /// <summary>A walk begins.</summary>
    internal void Begin()
    {
        HasGrown = false;
        done.Clear();
    }

    /// <summary>What of the facts is known to who stands there.</summary>
    internal PathFacts Known(TypeIndex type, StandSet stands, PathFacts facts)
    {
        if (facts.Labels.IsEmpty)
        {
            return facts;
        }

        var (own, all) = (known.GetValueOrDefault((type, stands)), known.GetValueOrDefault((type, null)));
        foreach (var label in facts.Labels.Keys)
        {
            facts = own?.Contains(label) == true || all?.Contains(label) == true || foreseen.Contains(label) ? facts : facts.Without(label);
        }

        return facts;
    }

    /// <summary>True when what is missing at the end of the way may not be missing: the next walk will know more.</summary>
    internal bool Doubts(LabelTrail? way)
    {
        if (way?.Contradiction is { } end)
        {
            var label = end.Label!;
            var begin = end.Before!.Latest[label];
            for (var at = end; at != begin && done.Add((at, label)); at = at.Before!)
            {
                Add(at.At.Type, at.At.Stands, label);
            }
        }
        else if (way?.IsForgetful == true)
        {
            for (var at = way; at.Before is not null && done.Add((at, null)); at = at.Before)
            {
                foreach (var label in at.Before.Latest.Keys.Where(IsOfKeys))
                {
                    Add(at.At.Type, null, label);
                }
            }
        }
        else
        {
            return false;
        }

        return HasGrown = true;
    }

    /// <summary>True when some of the labels were not decided before the first field by now, and will be.</summary>
    internal bool Foresee(IReadOnlySet<string> labels)
    {
        var count = foreseen.Count;
        foreseen.UnionWith(labels.Where(ofKeys.Contains));
        HasGrown |= foreseen.Count > count;
        return foreseen.Count > count;
    }

    private void Add(TypeIndex type, StandSet? stands, string label)
    {
        if (!known.TryGetValue((type, stands), out var labels))
        {
            known.Add((type, stands), labels = new HashSet<string>(StringComparer.Ordinal));
        }

        _ = labels.Add(label);
        size.AddMemory();
    }
}
