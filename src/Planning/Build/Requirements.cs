using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A field that needs others first, and how its source is entered.</summary>
internal sealed record RequiringField(
    Position Position,
    SourceSchema Source,
    string CallId,
    List<KeyUse> Keys,
    Demand Demand,
    FieldNeeds Needs);

/// <summary>
/// Fetches what keys and requirements need into slots, hidden ones where the client did not select it, and puts fields with requirements
/// into steps that carry it.
/// </summary>
internal sealed class Requirements(PlanAttempt attempt)
{
    // Requirements of requirements, each inside the other: what no stack holds is not looked for.
    private const int MaxNesting = 250;

    // What nests deeper than this may go in circles: what is looked for beyond is counted, so that ways that multiply end.
    private const int UsualNesting = 8;
    private const int MaxBeyond = 5_000;

    /// <summary>What is not followed, in words.</summary>
    public const string Bound = "requirements of requirements that nest 250 deep, or need more than 5,000 others at more than 8 deep.";

    private readonly HashSet<(Position, FieldNeeds)> inProgress = [];
    private readonly PlacedFields placed = new();

    // What is being fetched, each for the one before it.
    private readonly List<(Position Position, ImmutableArray<Demand> Demands, SourceSet? Allowed)> wanted = [];
    private readonly Templates templates = new(attempt.Graph, attempt.Slots);
    private int nesting;
    private int beyond;

    /// <summary>How often something was looked for: what the attempt costs where keys and requirements lead through many others.</summary>
    public int FetchCount { get; private set; }

    /// <summary>True when something was not looked for any more.</summary>
    public bool IsBounded { get; private set; }

    /// <summary>True while what the field requires is being planned at the position: it cannot wait for itself, and nobody may ask for it there (<see cref="Candidates"/>).</summary>
    public bool IsInProgress(Position position, FieldAtSource field) => inProgress.Contains((position, field.Needs!));

    /// <summary>Has everything demanded fetched at a position; the steps that do it, or null when it cannot all be had.</summary>
    /// <param name="position">Where.</param>
    /// <param name="demands">What is needed.</param>
    /// <param name="allowed">The sources that may be asked; null for all.</param>
    public HashSet<StepBuilder>? Fetch(Position position, ImmutableArray<Demand> demands, SourceSet? allowed)
    {
        if (nesting >= MaxNesting || (nesting >= UsualNesting && beyond++ >= MaxBeyond))
        {
            IsBounded = true;
            return null;
        }

        if (wanted.Exists(outer => outer.Position == position && outer.Allowed == allowed && AreSame(outer.Demands, demands)))
        {
            return null;
        }

        FetchCount++;
        nesting++;
        wanted.Add((position, demands, allowed));
        var left = demands.ToList();
        var steps = attempt.Collect(() => left = FetchFrom(position, left, allowed));
        wanted.RemoveAt(wanted.Count - 1);
        nesting--;
        return left.Count == 0 ? steps : null;
    }

    // To have it first is no way to it.
    private static bool AreSame(ImmutableArray<Demand> some, ImmutableArray<Demand> others) => some.Length > 0 && some.Length == others.Length
        && some.Zip(others).All(static pair => pair.First is { IsLeaf: true } && pair.First.Field == pair.Second.Field && pair.First.Types == pair.Second.Types);

    // By the sources that stand there, the earliest first (where several bring objects each of these, and then those that were entered for all of them), then by entering others: also those again that are there late only (EntrySteps.IsLate), which
    // give as they stand what comes by no other way.
    private List<Demand> FetchFrom(Position position, List<Demand> left, SourceSet? allowed)
    {
        List<Presence>? late = null;
        var several = position.HasSeveralBringers;
        left = several ? attempt.LaterBringers.Place(position, left, allowed) : left;
        foreach (var presence in position.Presences.Count == 1 ? [position.Presences[0]] : position.Presences.OrderBy(presence => presence.Step.Depth).ToList())
        {
            if (left.Count == 0 || presence.IsClosed || allowed?.Contains(presence.Source) == false || (several && presence.Step.Presence != presence))
            {
                continue;
            }

            if (attempt.EntrySteps.IsLate(presence, left))
            {
                (late ??= []).Add(presence);
            }
            else if (IsForAll(presence, left))
            {
                left = attempt.Local.Place(presence, left);
            }
        }

        left = attempt.Entries.Place(position, left, allowed);
        foreach (var presence in late ?? [])
        {
            left = attempt.Local.Place(presence, left);
        }

        return left;
    }

    // A source that adds to objects below those of some types is asked for the others first: what is fetched here is fetched of all of them.
    private bool IsForAll(Presence presence, List<Demand> demands)
    {
        var others = presence.Position.NotAskedAbove(presence);
        if (others.IsEmpty || !demands.Exists(demand => attempt.Local.Gives(presence, demand)))
        {
            return true;
        }

        var (above, entry) = presence.Way!.Value;
        var steps = Fetch(above.Position, [new Demand(entry.Target, others, [.. demands.Where(demand => attempt.Local.Gives(presence, demand))], default)], default(SourceSet).With(above.Source));
        attempt.Touch(steps ?? []);
        return steps is not null;
    }

    /// <summary>The requirements that a source has for a field, by runtime types; null where it has none.</summary>
    public List<(FieldNeeds? Requirement, TypeSet Types)> Split(Demand demand, TypeSet types, SourceSchema source)
    {
        // PERF: mostly they all have the same.
        var parts = new List<(FieldNeeds? Requirement, TypeSet Types)>(1);
        var rest = types;
        while (!rest.IsEmpty)
        {
            var (requirement, isFirst, alike) = (default(FieldNeeds), true, default(TypeSetBuilder));
            foreach (var ordinal in rest.Ordinals())
            {
                var needs = attempt.Graph.ObjectAt(ordinal).BySource[source.Ordinal]!.Fields[demand.Field.Definition.Name].Needs;
                requirement = isFirst ? needs : requirement;
                isFirst = false;
                if (needs == requirement)
                {
                    alike.Add(ordinal);
                }
            }

            var part = alike.Take();
            parts.Add((requirement, part));
            rest = rest.Except(part);
        }

        return parts;
    }

    /// <summary>Puts a field with a requirement into a step that carries it; what cannot be served goes to <paramref name="left"/>.</summary>
    public void Place(RequiringField field, List<Demand> left)
    {
        // With all that it requires itself, and what is below it.
        if (placed.Find(field.Position, field.Needs, field.Demand) is { } there)
        {
            attempt.Touch(there);
            return;
        }

        // It is not there yet: what is in progress is no candidate, whoever asks for it.
        inProgress.Add((field.Position, field.Needs));
        var demands = DemandsFor(field.Position, field.Demand.Types, field.Needs, field.Source);
        var needed = Fetch(field.Position, demands, allowed: null);
        var above = needed is null ? null : attempt.Contexts.Fetch(field.Position, field.Needs);
        inProgress.Remove((field.Position, field.Needs));
        needed?.UnionWith(above ?? []);
        var step = above is null ? null : StepFor(field, demands, needed!);
        if (step is null)
        {
            left.Add(field.Demand);
            return;
        }

        foreach (var other in needed!)
        {
            step.DependOn(other);
        }

        if (field.Needs.MustNotBeNull)
        {
            step.OnlyTypes = field.Demand.Types.Intersect(step.OnlyTypes ?? field.Demand.Types);
        }

        Carry(step, field);
        var before = left.Count;
        var steps = attempt.Collect(() => attempt.Local.Place(step.Presence!, field.Demand, carriesRequirement: true, left));
        attempt.Touch(steps);
        if (left.Count == before)
        {
            placed.Add(field.Position, field.Needs, field.Demand, steps);
        }
    }

    /// <summary>What objects of some types have to have before a source is asked for a field with these needs.</summary>
    public ImmutableArray<Demand> DemandsFor(Position position, TypeSet types, FieldNeeds needs, SourceSchema source) =>
        attempt.Slots.DemandsFor(position.Shape, types, needs.Selection, position.InseparableTypes, needs.Arguments.IsEmpty ? source : null);

    private StepBuilder? StepFor(RequiringField field, ImmutableArray<Demand> demands, HashSet<StepBuilder> needed)
    {
        // What its types do not enter by has no say in whom it may travel with.
        field = field with { Keys = EntrySteps.Narrow(field.Keys, field.Demand.Types) };
        var nulls = field.Needs is { Arguments.IsEmpty: true, Contexts.IsEmpty: true } ? null : AloneForNulls(field);
        var alone = CannotTellTypes(field) ? new Exclusion(nulls?.Nulls, field.Demand.Types) : nulls;
        var entries = EntrySteps.EntriesOf(field.Position, field.Source, field.CallId)
            .FindAll(step => step.AloneWith == alone || (alone == nulls ? IsOfSome(step, field, nulls) : IsOfAll(step, field, nulls) || IsOfOthers(step, field, nulls)));
        foreach (var step in entries.Count > 1 ? entries.OrderBy(step => !Asks(step, field, needed)).ThenBy(step => !IsReadyFor(step, field, needed)) : (IEnumerable<StepBuilder>)entries)
        {
            if ((!field.Needs.MustNotBeNull || step.TargetTypes.IsSubsetOf(field.Demand.Types))
                && !needed.Any(other => other == step || attempt.BringersFirst.IsAfter(other, step))
                && !SlotParts.IsTooEarly(attempt, field.Position, step, field.Demand)
                && ((alone is not null && step.AloneWith == alone) || MayJoin(step, field, demands, needed))
                && CanCarry(step, field)
                && attempt.EntrySteps.TryExtend(step, field.Keys))
            {
                step.AloneWith = step.AloneWith == nulls || IsForAll(field.Position, step.TargetTypes) ? nulls : new Exclusion(nulls?.Nulls, step.TargetTypes);
                return step;
            }
        }

        return SlotParts.Wait(attempt, attempt.EntrySteps.Open(field.Position, field.Source, field.CallId, field.Keys, alone), [field.Demand]);
    }

    // It asks an @interfaceObject for the same on account of some types alone, after they were told: of all, it asks those once, not twice.
    private static bool IsOfSome(StepBuilder step, RequiringField field, Exclusion? nulls) =>
        step.AloneWith is not null && step.TargetTypes.IsSubsetOf(field.Demand.Types) && step.Requirements.TrueForAll(use => use.Requirement == field.Needs)
        && step.AloneWith == new Exclusion(nulls?.Nulls, step.TargetTypes);

    // All that it asks for something carry what the field requires, and their types are told by then: there is nobody who would have to go by another step.
    private static bool IsOfAll(StepBuilder step, RequiringField field, Exclusion? nulls) =>
        step.AloneWith == nulls && Carries(step, field.Needs, step.TargetTypes) && field.Demand.Types.IsSubsetOf(step.TargetTypes) && IsAfterTypes(step);

    // It asks an @interfaceObject of other types for the very same: nobody is asked for anything else when it asks for both.
    private static bool IsOfOthers(StepBuilder step, RequiringField field, Exclusion? nulls) =>
        step.AloneWith is not null && step.AloneWith == new Exclusion(nulls?.Nulls, step.TargetTypes) && IsAfterTypes(step)
        && step.Requirements.TrueForAll(use => use.Requirement == field.Needs)
        && step.Selection.Entries.TrueForAll(entry => entry.Target.Definition.Name == field.Demand.Field.Definition.Name && entry.Target.HasArguments(field.Demand.Field.Arguments));

    // The objects came with their types, or these are told by then.
    private static bool IsAfterTypes(StepBuilder step) =>
        step.Position.TypeTeller is { } teller ? teller.Depth < step.Depth : step.Position.InseparableTypes is null;

    private static bool Carries(StepBuilder step, FieldNeeds needs, TypeSet types)
    {
        var left = types;
        foreach (var use in step.Requirements)
        {
            left = use.Requirement == needs ? left.Except(use.Types) : left;
        }

        return left.IsEmpty;
    }

    private static void Carry(StepBuilder step, RequiringField field)
    {
        var use = new RequirementUse(field.Needs, field.Demand.Types);
        if (Carries(step, use.Requirement, use.Types))
        {
            return;
        }

        if (step.Requirements.RemoveAll(known => IsReplaced(known, use)) > 0)
        {
            step.Carried = null;
        }

        step.Requirements.Add(use);
    }

    // It asks some of the objects for it, after all that the field needs: by another step these would be asked twice, and what is below it would come by two ways.
    private static bool Asks(StepBuilder step, RequiringField field, HashSet<StepBuilder> needed) => IsAfter(step, needed)
        && step.Selection.Entries.Exists(entry => entry.Target == field.Demand.Field && entry.Field.Needs == field.Needs && entry.Types.Overlaps(field.Demand.Types));

    // It enters the types already, after all that the field needs.
    private static bool IsReadyFor(StepBuilder step, RequiringField field, HashSet<StepBuilder> needed) =>
        IsAfter(step, needed) && EntrySteps.Missing(step, field.Keys).Count == 0;

    private static bool IsAfter(StepBuilder step, HashSet<StepBuilder> needed) => needed.All(other => step.Dependencies.Contains(other) || step.Follows(other));

    // A step that would have to wait for another source only for this field, or the field for what only the step needs: waiting saves a request, and
    // the search may try not to wait. But where a null from that other source would skip the whole target, what is in the step already must not depend on it.
    private bool MayJoin(StepBuilder step, RequiringField field, ImmutableArray<Demand> demands, HashSet<StepBuilder> needed)
    {
        if (IsAfter(step, needed))
        {
            return !(needed.All(other => step.Depth > other.Depth + 1) && attempt.EntrySteps.IsLate(step, field.Keys)
                && attempt.Choices.Take(ChoiceKinds.Join, 2, Subject.Of(step)) == 1);
        }

        var strict = field.Needs.Arguments.Where(argument => argument.Type is NonNullTypeNode)
            .SelectMany(argument => Maps.FieldNames(argument.Map)).ToHashSet(StringComparer.Ordinal);
        var strictDemands = demands.Where(demand => strict.Contains(demand.Field.Definition.Name)).ToImmutableArray();
        var strictSteps = strictDemands.IsEmpty ? [] : Fetch(field.Position, strictDemands, allowed: null) ?? needed;
        return IsAfter(step, strictSteps) && attempt.Choices.Take(ChoiceKinds.Wait, 2, Subject.Of(step)) == 0;
    }

    // What was carried for the same of some of the types is then carried for all of them alike (Carry).
    private bool CanCarry(StepBuilder step, RequiringField field)
    {
        if (step.Kind != FetchKind.Representations)
        {
            return true;
        }

        var use = new RequirementUse(field.Needs, field.Demand.Types);
        return step.Requirements.Exists(known => IsReplaced(known, use)) ? new CarriedValues(step, templates, known => IsReplaced(known, use)).Take(field.Keys, use)
            : (step.Carried ??= new CarriedValues(step, templates)).Take(field.Keys, use);
    }

    private static bool IsReplaced(RequirementUse known, RequirementUse by) => known.Requirement == by.Requirement && known.Types.IsSubsetOf(by.Types);

    private Exclusion? AloneForNulls(RequiringField field)
    {
        // A value that does not fit one field may fit another, whose source takes a null there.
        var nullable = field.Needs.Arguments
            .Where(argument => argument.Type is NonNullTypeNode)
            .Where(argument => Maps.CanBeNull(attempt.Graph, field.Position.Shape, field.Demand.Types, argument.Map)
                || Unfit.CanBe(templates.Mapped(field.Position, field.Demand.Types, argument, isKey: false)))
            .Select(argument => $"{argument.Name}: {Printer.Print(argument.Map)} {NullRules.TextOf(argument)}")
            .ToList();
        // Values from contexts are the request's, not the representation's: objects with different ones cannot stand in one list.
        if (!field.Needs.Contexts.IsEmpty)
        {
            nullable.Add("contexts");
            nullable.AddRange(field.Needs.Contexts.Where(argument => argument.Type is NonNullTypeNode).Select(FieldNeeds.Identity));
        }

        return nullable.Count == 0 ? null : new Exclusion(string.Join(", ", nullable), null);
    }

    // A source with an @interfaceObject is asked for a field of all its targets: those that do not carry the requirement go by another step.
    private bool CannotTellTypes(RequiringField field)
    {
        var isInterfaceObject = field.Keys.Exists(key => attempt.Graph.Find(key.Lookup.TypeName)?.BySource[field.Source.Ordinal]?.IsInterfaceObject == true);
        return isInterfaceObject && !IsForAll(field.Position, field.Demand.Types);
    }

    private static bool IsForAll(Position position, TypeSet types) => position.Presences.TrueForAll(presence => presence.Types.IsSubsetOf(types));
}
