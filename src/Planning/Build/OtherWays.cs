using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Whether a composite field that the source at hand has, or some of what is below it, comes from another source.</summary>
internal sealed class OtherWays(PlanAttempt attempt)
{
    // Where more sources than this have a field, what one of them lacks below it is not looked for: each level would be gone through once for each of them.
    private const int SplitMax = 8;

    /// <summary>
    /// What the source does not have below the field can be fetched for the objects below, after this fetch; or through the same field of
    /// another source, at the same time, where that one has more of it. The search may try the latter.
    /// </summary>
    /// <param name="presence">Where the source stands.</param>
    /// <param name="demand">The field, and what is asked below it.</param>
    /// <param name="field">The field as the source has it.</param>
    /// <param name="types">The types that the source serves it for.</param>
    /// <param name="demands">What is demanded below: that is taken out which comes from another source.</param>
    /// <returns>What was taken out; null for nothing.</returns>
    public List<Demand>? TakenFromAbove(Presence presence, Demand demand, FieldAtSource field, TypeSet types, List<Demand> demands)
    {
        var sources = attempt.Graph.SourcesOf(types, demand.Field.Definition.Name).Length;
        if (presence.Position.IsTypeUnknown || sources <= 1 || Side.Below(attempt, field, presence.View) is not { At.IsInterfaceObject: false } own)
        {
            return null;
        }

        List<Side>? others = null;
        List<Demand>? above = null;
        var here = new List<Demand>(demands.Count);
        foreach (var child in demands)
        {
            var parts = PartsOf(child);
            if (parts.Above is not null && above is null)
            {
                // PERF: a hundred fields can be asked below, and mostly none of them is to be taken from there, so the first one settles it.
                if (attempt.Choices.Take(ChoiceKinds.Above, 2, SubjectOf(presence, demand)) == 0)
                {
                    return null;
                }

                above = [];
            }

            above?.AddRange(parts.Above is { } taken ? [taken] : (ReadOnlySpan<Demand>)[]);
            here.AddRange(parts.Here is { } stays ? [stays] : (ReadOnlySpan<Demand>)[]);
        }

        if (above is not null)
        {
            demands.Clear();
            demands.AddRange(here);
        }

        return above;

        // What the source at hand lacks; or the whole of it, where that cannot be told apart and another source has more of it.
        DemandParts PartsOf(Demand child)
        {
            if (DemandParts.IsGiven(attempt, child, own))
            {
                return new DemandParts(child, null);
            }

            var parts = sources <= SplitMax ? DemandParts.Of(attempt, child, own, others ??= Others(presence, demand, types)) : new DemandParts(child, null);
            return parts.Above is null && CanServeMore(presence, demand with { Children = [child] }, types) ? new DemandParts(null, child) : parts;
        }
    }

    // Below the same field: the other sources that can be entered for all of the types.
    private List<Side> Others(Presence presence, Demand demand, TypeSet types)
    {
        var sources = attempt.Graph.SourcesOf(types, demand.Field.Definition.Name);
        var others = new List<Side>(sources.Length);
        foreach (var ordinal in sources)
        {
            var source = attempt.Graph.Sources[ordinal];
            if (source != presence.Source && attempt.Entries.CanServe(presence.Position, demand, types, source)
                && Side.Below(attempt, attempt.Graph.ObjectAt(types.Ordinals().First()).BySource[ordinal]!.Fields[demand.Field.Definition.Name], view: null) is { } side)
            {
                others.Add(side);
            }
        }

        return others;
    }

    /// <summary>
    /// Greedily the source at hand serves the field; but when it cannot serve the whole of it and another one serves more,
    /// the search may try to leave the field to that one: then this is true.
    /// </summary>
    public bool ArePreferred(Presence presence, Demand demand, TypeSet types) => !demand.Tried.Contains(presence.Source) && !presence.Position.IsTypeUnknown
        && CanServeMore(presence, demand, types)
        && attempt.Choices.Take(ChoiceKinds.Share, 2, SubjectOf(presence, demand)) == 1;

    /// <summary>True where the objects would come from here instead of the source that is to bring them, and more types of them: who only adds to objects leaves the field to others then.</summary>
    public bool AreBehindWithLess(Presence presence, Demand demand, FieldAtSource field, TypeSet types) => field.Below is { } below
        && attempt.PositionBelow(presence.Position, demand.Field).BringersOfOthers(presence.Step, types, below.PossibleTypes)
            .Any(bringer => !below.PossibleTypes.IsSubsetOf(bringer.Types) && attempt.BringersFirst.IsAfter(bringer.Step, presence.Step));

    private bool CanServeMore(Presence presence, Demand demand, TypeSet types) =>
        attempt.Entries.CanServeMore(presence.Position, demand, types, presence.Source, presence.View);

    private Subject SubjectOf(Presence presence, Demand demand)
    {
        var others = default(TypeSetBuilder);
        foreach (var ordinal in attempt.Graph.SourcesOf(demand.Types, demand.Field.Definition.Name))
        {
            if (ordinal != presence.Source.Ordinal)
            {
                others.Add(ordinal);
            }
        }

        return new Subject(presence.Position, [demand.Field], [new SourceSet(others.Take())], null);
    }
}
