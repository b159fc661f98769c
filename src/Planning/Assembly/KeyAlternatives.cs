using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Finds further keys for steps that enter a source by one that can be null: an object without that one may have another. Each is taken that the
/// source has for the same call, or for another lookup field, and whose fields are given by fetches that end before the step in any case. A fetch more for the sake of the key,
/// for objects that may not be there, it is not worth: so this is done when the plan is found, and changes no fetch but for what it asks. Another lookup field is
/// asked by a fetch of its own, at the same time, and only where an object needs it.
/// </summary>
internal sealed class KeyAlternatives(PlanAttempt attempt, Templates templates)
{
    private readonly KeyCertainty certainty = new(attempt);

    /// <summary>Gives steps their further keys.</summary>
    public void AddTo(HashSet<StepBuilder> needed)
    {
        // Those first that may give the keys of others.
        foreach (var step in attempt.Steps.OrderBy(static step => step.Depth))
        {
            if (needed.Contains(step) && step.Kind != FetchKind.Root)
            {
                AddTo(step, needed);
            }
        }

        foreach (var step in attempt.Steps)
        {
            if (step.OtherKeys.Count > 1)
            {
                DropUnneeded(step);
            }
        }
    }

    // What a later step had a fetch give is another one's key, too: then who is without that one is without what else comes from the fetch.
    private void DropUnneeded(StepBuilder step)
    {
        foreach (var key in step.Keys)
        {
            foreach (var type in key.Types.Ordinals())
            {
                var tried = new List<KeyUse> { key };
                foreach (var group in step.OtherKeys)
                {
                    if (group.FindIndex(use => use.Types.Contains(type)) is >= 0 and var index)
                    {
                        if (certainty.MayBeThere(step, group[index].Lookup, tried, type))
                        {
                            tried.Add(group[index]);
                        }
                        else
                        {
                            group[index] = group[index] with { Types = group[index].Types.Except(default(TypeSet).With(type)) };
                        }
                    }
                }
            }
        }

        step.OtherKeys.ForEach(static group => group.RemoveAll(static use => use.Types.IsEmpty));
        step.OtherKeys.RemoveAll(static group => group.Count == 0);
    }

    private void AddTo(StepBuilder step, HashSet<StepBuilder> needed)
    {
        foreach (var key in certainty.AreNeverAbsent(step) ? [] : step.Keys)
        {
            foreach (var type in key.Types.Ordinals())
            {
                if (certainty.CanBeAbsent(step, key.Lookup.Key, type))
                {
                    var tried = new List<KeyUse> { key with { Types = default(TypeSet).With(type) } };
                    AddKeys(step, step.OtherKeys, tried, type, needed);
                    AddCalls(step, tried, type, needed);
                }
            }
        }
    }

    // What the call of the last one takes in its stead.
    private void AddKeys(StepBuilder step, List<List<KeyUse>> others, List<KeyUse> tried, int type, HashSet<StepBuilder> needed)
    {
        var (first, rank) = (tried[^1].Lookup, 0);
        foreach (var other in attempt.Graph.ObjectAt(type).BySource[step.Source.Ordinal]!.Lookups)
        {
            if (certainty.CanBeAbsent(step, tried[^1].Lookup.Key, type) && IsSameCall(first, other) && Has(step, other, tried, type, needed))
            {
                tried.Add(tried[0] with { Lookup = other });
                if (rank == others.Count)
                {
                    others.Add([]);
                }

                Add(others[rank++], tried[^1]);
            }
        }
    }

    // Who tells what the objects are, or whether they are there, is one step for all of them.
    private void AddCalls(StepBuilder step, List<KeyUse> tried, int type, HashSet<StepBuilder> needed)
    {
        if (step.Kind != FetchKind.Lookup || step.TellsRuntimeType || !step.Decides.IsEmpty)
        {
            return;
        }

        var fields = new List<Lookup> { tried[0].Lookup };
        foreach (var other in attempt.Graph.ObjectAt(type).BySource[step.Source.Ordinal]!.Lookups)
        {
            if (certainty.CanBeAbsent(step, tried[^1].Lookup.Key, type) && fields.TrueForAll(field => IsOtherField(field, other)) && Has(step, other, tried, type, needed))
            {
                if (fields.Count > step.OtherCalls.Count)
                {
                    step.OtherCalls.Add(new OtherCall([], []));
                }

                var call = step.OtherCalls[fields.Count - 1];
                fields.Add(other);
                tried.Add(tried[0] with { Lookup = other });
                Add(call.Keys, tried[^1]);
                AddKeys(step, call.OtherKeys, tried, type, needed);
            }
        }
    }

    private static bool IsOtherField(Lookup first, Lookup second) => second.Kind == LookupKind.Field && first.TypeName == second.TypeName
        && (first.FieldName != second.FieldName || !first.Path.AsSpan().SequenceEqual(second.Path.AsSpan()));

    /// <summary>
    /// True when the second lookup takes the key of the same objects in another way: in a representation, or as another value of one argument.
    /// </summary>
    public static bool IsSameCall(Lookup first, Lookup second) => first != second && first.Kind == second.Kind && first.TypeName == second.TypeName
        && (first.Kind == LookupKind.Representations
            ? Printer.Print(first.Key) != Printer.Print(second.Key)
            : first.FieldName == second.FieldName && first.Path.AsSpan().SequenceEqual(second.Path.AsSpan())
                && first.ReturnTypeName == second.ReturnTypeName && HasOneOtherValue(first.Arguments, second.Arguments));

    private static bool HasOneOtherValue(ImmutableArray<MappedArgument> first, ImmutableArray<MappedArgument> second) =>
        first.Length == second.Length
        && first.Zip(second).All(pair => pair.First.Name == pair.Second.Name && pair.First.Type.ToString() == pair.Second.Type.ToString())
        && first.Zip(second).Count(pair => Printer.Print(pair.First.Map) != Printer.Print(pair.Second.Map)) == 1;

    private static void Add(List<KeyUse> group, KeyUse use)
    {
        var index = group.FindIndex(known => ReferenceEquals(known.Lookup, use.Lookup));
        if (index < 0)
        {
            group.Add(use);
        }
        else
        {
            group[index] = use with { Types = group[index].Types.Union(use.Types) };
        }
    }

    // Nobody waits longer for it: whoever gives the key has ended when what the step waits for has, or could have by then.
    private bool Has(StepBuilder step, Lookup other, List<KeyUse> tried, int type, HashSet<StepBuilder> needed)
    {
        var (position, types) = (step.Position, default(TypeSet).With(type));
        if (position.InseparableTypes is not null)
        {
            // Of objects whose types a source cannot tell the key would have to be that of all.
            return false;
        }

        AbsentKeys? absent = null;
        var givers = new List<(FieldNode Field, List<Presence> Presences)>();
        foreach (var item in other.Key.Selections)
        {
            if (item is not FieldNode field)
            {
                return false;
            }

            if (field.Name.Value != "__typename")
            {
                var presences = GiversOf(step, field, tried, type, needed, ref absent);
                if (presences.Count == 0)
                {
                    return false;
                }

                givers.Add((field, presences));
            }
        }

        return certainty.MayBeWhole(other, absent ?? certainty.Without(step, tried, type)) && CanCarry(step, new KeyUse(other, types, default))
            && givers.TrueForAll(giver => IsGiven(step, giver.Field, giver.Presences, types, other));
    }

    private List<Presence> GiversOf(StepBuilder step, FieldNode field, List<KeyUse> tried, int type, HashSet<StepBuilder> needed, ref AbsentKeys? absent)
    {
        var found = new List<Presence>();
        foreach (var presence in step.Position.Presences)
        {
            if (!presence.IsClosed && presence.Step != step && presence.Step.Depth < step.Depth && needed.Contains(presence.Step)
                && presence.Types.Contains(type) && attempt.Graph.ObjectAt(type).BySource[presence.Source.Ordinal] is { } at
                && OwnFields.AreGiven(at, presence.View, field, attempt.Graph.Schema) && certainty.CanBeSent(presence, absent ??= certainty.Without(step, tried, type)))
            {
                found.Add(presence);
            }
        }

        return found;
    }

    // Who gives it anyhow goes on doing it: asked of another fetch of its source besides, it would be asked for twice. Otherwise it is asked of whom the step waits for.
    private static Presence GiverOf(StepBuilder step, List<Presence> presences, ImmutableArray<Demand> demands) => presences is [var only]
        ? only
        : presences.FindAll(presence => Gives(presence.Selection, demands)) is { Count: > 0 } giving
            ? giving.Find(presence => step.Follows(presence.Step)) ?? giving[0]
            : presences.Find(presence => step.Follows(presence.Step)) ?? presences[0];

    private static bool Gives(SelectionBuilder selection, ImmutableArray<Demand> demands) => demands.IsDefault || demands.All(demand => selection.Entries.Exists(entry =>
        entry.Target == demand.Field && demand.Types.IsSubsetOf(entry.Types) && (entry.Child is not { } child || Gives(child.Selection, demand.Children))));

    // A representation has room for one value of a name.
    private bool CanCarry(StepBuilder step, KeyUse use) =>
        step.Kind != FetchKind.Representations || templates.Representation(step.Position, [use], step.Requirements) is not null;

    private bool IsGiven(StepBuilder step, FieldNode field, List<Presence> presences, TypeSet types, Lookup by)
    {
        var carriedTo = by.Kind == LookupKind.Representations ? by.Source : null;
        var demands = attempt.Slots.DemandsFor(step.Position.Shape, types, new SelectionSetNode(field.Start, field.End, [field]), inseparable: null, carriedTo);
        var presence = GiverOf(step, presences, demands);
        if (attempt.Local.Place(presence, [.. demands]).Count > 0)
        {
            return false;
        }

        step.DependOn(presence.Step, types);
        return true;
    }
}
