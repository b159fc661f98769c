using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Checks that what is read of an answer is what the document asks, and that the source can give it.</summary>
internal sealed class SelectionVerifier(PlanIndex index, FetchStep step, Fills fills, EntryVerifier entry, Repetitions repetitions, List<string> problems)
{
    private readonly SourceFacts facts = index.Of(step.Source);
    private readonly AskedFields asked = new(index.Of(step.Source), index.Work, problems);

    /// <summary>Checks the selection on the step's targets and all below it, and notes what is filled.</summary>
    public void Verify(SelectionSetNode set, string typeName, FetchSelectionSet selection, ResultShape shape, TypeSet types)
    {
        Verify(set, typeName, selection, shape, types, [], isEntry: true, fills.Here(shape));
        entry.CheckInputsUsed();
    }

    private void Verify(
        SelectionSetNode set, string typeName, FetchSelectionSet selection, ResultShape shape, TypeSet types,
        IReadOnlyList<SelectionSetNode> provided, bool isEntry, Arrivals arrivals)
    {
        var fields = asked.Read(set, typeName, types, isEntry && typeName.Length == 0 ? entry.NameIn : null);
        asked.CheckKeys(fields);
        CheckRuntimeType(fields, typeName, selection, shape, types, isEntry);
        CheckTypename(fields, selection);

        var asking = new AskedByKey(fields, index.Work);
        var reading = new Dictionary<string, TypeSet>(StringComparer.Ordinal);
        foreach (var read in selection.Fields)
        {
            reading[read.SourceKey] = reading.GetValueOrDefault(read.SourceKey).Union(read.AppliesTo);
        }

        var seen = new HashSet<(SelectionSetNode, string)>();
        foreach (var field in fields.Where(field => !field.IsTypename))
        {
            CheckServed(field, types, provided, isEntry);
            if (!seen.Add((field.Scope, field.Key)))
            {
                problems.Add($"{field.Key} is asked more than once at one place");
            }

            if (!reading.GetValueOrDefault(field.Key).Overlaps(field.Types))
            {
                problems.Add($"it asks for {field.Key} on {field.ParentType}, which nobody reads");
            }
        }

        var filled = new Dictionary<ResultField, TypeSet>();
        foreach (var read in selection.Fields)
        {
            var before = filled.GetValueOrDefault(read.Target);
            if (before.Overlaps(read.AppliesTo))
            {
                problems.Add($"{read.Target} is read twice");
            }

            filled[read.Target] = before.Union(read.AppliesTo);
            Read(read, asking.For(read.SourceKey, read.AppliesTo), shape, types, provided, arrivals);
        }
    }

    // It is asked where it is read, and where there is nothing else to ask: no selection set is empty.
    private void CheckTypename(List<AskedField> fields, FetchSelectionSet selection)
    {
        var names = fields.FindAll(field => field.IsTypename);
        if (names.Exists(field => !field.Node.Arguments.IsEmpty || field.Key != "__typename"))
        {
            problems.Add("__typename is asked with arguments, or by a key that nobody reads");
        }

        if (names.Count > (selection.TellsRuntimeType || names.Count == fields.Count ? 1 : 0))
        {
            problems.Add("__typename is asked where nobody reads it, or twice");
        }
    }

    private void CheckRuntimeType(
        List<AskedField> fields, string typeName, FetchSelectionSet selection, ResultShape shape, TypeSet types, bool isEntry)
    {
        var told = fields.Where(field => field is { IsTypename: true, Key: "__typename" })
            .Aggregate(default(TypeSet), (all, field) => all.Union(field.Types));
        if (selection.TellsRuntimeType)
        {
            // Of an object in an interface's place it would be a lie, and of another object nothing new.
            if (!types.IsSubsetOf(told) || (typeName.Length > 0 && (facts.IsInterfaceObject(typeName) || (!isEntry && !facts.IsAbstract(typeName)))))
            {
                problems.Add($"the answer does not tell the runtime type of {shape.Type.Name}");
            }

            fills.TellTypes(step.Id, shape, types);
        }
        else if (!isEntry && facts.IsAbstract(typeName))
        {
            problems.Add($"nothing tells the runtime type of {shape.Type.Name}");
        }

        // Targets have their type from where they came.
        var hasType = isEntry ? step.Kind == FetchKind.Root && step.Path.IsEmpty : !facts.IsAbstract(typeName) && !facts.IsInterfaceObject(typeName);
        if (selection.FixedType?.Name != (hasType ? typeName : null))
        {
            problems.Add($"{selection.FixedType?.Name ?? "nothing"} is not what is known of the type of {shape.Type.Name}");
        }

        if (selection is { FixedType: null, TellsRuntimeType: false } && !isEntry)
        {
            fills.ArriveWithoutType(shape);
        }
    }

    private void CheckServed(AskedField field, TypeSet types, IReadOnlyList<SelectionSetNode> provided, bool isEntry)
    {
        if (field.Definition is not { } definition)
        {
            problems.Add($"{facts.Source.Name} has no {field.ParentType}.{field.Name}");
            return;
        }

        if (definition.IsExternal && !provided.Any(set => Provides(set, field.ParentType, field.Name).Any()))
        {
            problems.Add($"{facts.Source.Name} has {field.ParentType}.{field.Name} as external and does not provide it here");
        }

        var rest = entry.CheckRequirement(definition, field.Node, field.Types.Intersect(types), isEntry);
        if (rest.Any(argument => !definition.Arguments.Contains(argument.Name.Value)))
        {
            problems.Add($"{facts.Source.Name} does not know an argument of {field.ParentType}.{field.Name}");
        }

        if (isEntry && entry.IsEndangered(definition, field.Node))
        {
            problems.Add($"{field.Name} is lost with a null that another field requires");
        }
    }

    // Matching: those that are asked under the key of some of its types.
    private void Read(
        FetchField read, List<AskedField> matching, ResultShape shape, TypeSet types, IReadOnlyList<SelectionSetNode> provided, Arrivals arrivals)
    {
        var target = read.Target;
        var isOfAll = IsOfAll(read, matching, types);
        if (target.Parent != shape || !(isOfAll || read.AppliesTo.IsSubsetOf(target.AppliesTo)) || !read.AppliesTo.IsSubsetOf(types)
            || read.AppliesTo.IsEmpty || (read.Selection is null) != (target.Shape is null))
        {
            problems.Add($"{target} cannot be filled from {read.SourceKey} for these types");
            return;
        }

        if (matching.Aggregate(default(TypeSet), (all, field) => all.Union(field.Types)) is var there && !read.AppliesTo.IsSubsetOf(there))
        {
            problems.Add($"{target} is read from {read.SourceKey}, which is not asked for all its types");
        }

        foreach (var field in matching)
        {
            var arguments = field.Definition is null ? field.Node.Arguments : Unfed(field);
            if (Fills.CallOf(target) != Meanings.Call(field.Name, arguments))
            {
                problems.Add($"{target} is filled from another call: {Printer.Print(field.Node)}");
            }

            if (field.Definition is { } required && !IsSame(read.Requires, entry.NamesRequired(required, field.Node)))
            {
                problems.Add($"{target} does not fail with just what it requires");
            }

            if (field.Definition is { } definition && definition.Type != read.SourceType && definition.Type.ToString() != read.SourceType.ToString())
            {
                problems.Add($"{target} has another type in the source");
            }
        }

        repetitions.Note(step, read, arrivals);
        var below = default(TypeSet);
        foreach (var field in matching.Where(field => field.Definition is not null && read.Selection is not null))
        {
            below = below.Union(facts.PossibleTypes(SourceFacts.NamedOf(field.Definition!.Type)));
        }

        // What is read of other objects counts for nothing when their types are told.
        var brought = fills.Add(step.Id, target, read.AppliesTo.Intersect(target.AppliesTo), below, arrivals);
        foreach (var field in matching.Where(field => field.Definition is not null && read.Selection is not null).DistinctBy(field => field.Node))
        {
            Descend(field, read, provided, brought);
        }
    }

    // Before anybody tells what the objects of a source are that has one in an interface's place, what all slots of a field ask is read for each of them.
    private bool IsOfAll(FetchField read, List<AskedField> matching, TypeSet types) => !read.AppliesTo.IsSubsetOf(read.Target.AppliesTo)
        && matching.TrueForAll(field => facts.IsInterfaceObject(field.ParentType)) && types.Intersect(index.Seen).IsSubsetOf(read.AppliesTo)
        && AskedOfAll.Is(read.Target, read.AppliesTo, slot => AskedOfAll.AsksBelow(slot, read.Selection, index.Sent));

    private static bool IsSame(ImmutableArray<string> names, IEnumerable<string> expected) => (names.IsEmpty && !expected.Any()) ||
        names.ToHashSet(StringComparer.Ordinal) is var said && said.Count == names.Length && said.SetEquals(expected);

    private void Descend(AskedField field, FetchField read, IReadOnlyList<SelectionSetNode> provided, Arrivals arrivals)
    {
        if (field.Node.SelectionSet is not { } set)
        {
            problems.Add($"{field.Key} has no selection");
            return;
        }

        var name = SourceFacts.NamedOf(field.Definition!.Type);
        var below = provided.SelectMany(outer => Provides(outer, field.ParentType, field.Name))
            .Where(node => node.SelectionSet is not null).Select(node => node.SelectionSet!).ToList();
        if (field.Definition.Provides is { } own)
        {
            below.Add(own);
        }

        Verify(set, name, read.Selection!, read.Target.Shape!, facts.PossibleTypes(name), below, isEntry: false, arrivals);
    }

    private static ImmutableArray<ArgumentNode> Unfed(AskedField field)
    {
        var fed = EntryVerifier.FedArguments(field.Definition!);
        return fed.Count == 0 ? field.Node.Arguments : [.. field.Node.Arguments.Where(argument => !fed.Contains(argument.Name.Value))];
    }

    private IEnumerable<FieldNode> Provides(SelectionSetNode set, string typeName, string fieldName)
    {
        foreach (var selection in set.Selections)
        {
            if (selection is FieldNode field && field.Name.Value == fieldName)
            {
                yield return field;
            }
            else if (selection is InlineFragmentNode fragment
                && (fragment.TypeCondition is not { } condition || facts.PossibleTypes(typeName).IsSubsetOf(facts.TypesOfCondition(condition.Name.Value))))
            {
                foreach (var inner in Provides(fragment.SelectionSet, typeName, fieldName))
                {
                    yield return inner;
                }
            }
        }
    }
}
