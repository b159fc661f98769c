using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Checks how a step enters its source: by a lookup that is there, with the whole key, and with what its fields require.</summary>
internal sealed class EntryVerifier(
    PlanIndex index, FetchStep step, ResultShape shape, Fills fills, StepSet ended, TriedKeys tried, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;
    private readonly SourceFacts facts = index.Of(step.Source);
    private readonly Meanings meanings = index.MeaningsOf(step.Source);
    private readonly AvailabilityVerifier availability = new(step.Path, shape, fills, ended, problems);
    private readonly RepresentationVerifier representations = new(index, step, shape, fills, ended, tried, problems);
    private readonly TurnVerifier turns = new(index, step, shape, fills, ended, tried, problems);
    private readonly Dictionary<string, FetchInput> inputs = step.Inputs.DistinctBy(input => input.VariableName, StringComparer.Ordinal).ToDictionary(input => input.VariableName, StringComparer.Ordinal);
    private readonly HashSet<string> inputsUsed = new(StringComparer.Ordinal);
    private readonly HashSet<string> inputsOfKeys = new(StringComparer.Ordinal);

    // Found once the keys are known.
    private List<FetchInput>? skipping;

    /// <summary>Checks the entry; the selection set on the targets and the type that it is on, or null when there is none.</summary>
    public (SelectionSetNode Set, string TypeName)? Verify(OperationDefinitionNode operation)
    {
        foreach (var input in step.Inputs)
        {
            availability.Check(input.Value, step.TargetTypes);
        }

        return !turns.CheckPlace() ? null : step.Kind switch
        {
            FetchKind.Root => (operation.SelectionSet, shape.Type.Name),
            FetchKind.Representations => representations.Verify(operation),
            _ => LookupField(operation),
        };
    }

    /// <summary>Checks that the step carries what a field of the source requires; gives the arguments that the client's do not account for.</summary>
    /// <param name="field">The field in the source.</param>
    /// <param name="node">As the document asks for it.</param>
    /// <param name="types">On which runtime types.</param>
    /// <param name="isOnTarget">True directly on the targets: nowhere else can a requirement be carried.</param>
    public IEnumerable<ArgumentNode> CheckRequirement(FieldInSource field, FieldNode node, TypeSet types, bool isOnTarget)
    {
        if (field.Requirement is null && field.ContextArguments.IsEmpty)
        {
            return node.Arguments;
        }

        if (!isOnTarget || step.Kind == FetchKind.Root)
        {
            problems.Add($"{node.Name.Value} requires fields of others, which nothing carries there");
            return node.Arguments;
        }

        if (step.Kind == FetchKind.Representations && field.Requirement is { } carried)
        {
            representations.Require(carried.Selection, types);
        }

        foreach (var argument in field.Requirement?.Arguments ?? [])
        {
            CheckArgument(node.Arguments, argument, types, isKey: false);
        }

        foreach (var argument in field.ContextArguments)
        {
            if (new ContextVerifier(plan, step, fills, ended, facts, meanings).Check(InputOf(node.Arguments, argument.Name), argument) is { } problem)
            {
                problems.Add(problem);
            }
            else
            {
                inputsUsed.Add(((VariableNode)node.Arguments.First(given => given.Name.Value == argument.Name).Value).Name.Value);
            }
        }

        var fed = FedArguments(field);
        return node.Arguments.Where(argument => !fed.Contains(argument.Name.Value));
    }

    /// <summary>Where a failure keeps away what a field requires, the field must fail with it: the names of what it requires.</summary>
    public IEnumerable<string> NamesRequired(FieldInSource field, FieldNode node)
    {
        var fed = FedArguments(field);
        var variables = node.Arguments.Where(given => fed.Contains(given.Name.Value))
            .Select(given => given.Value).OfType<VariableNode>().Select(variable => variable.Name.Value);
        return step.Kind == FetchKind.Representations && field.Requirement is { } requirement
            ? variables.Concat(LeavesOf(requirement.Selection, ""))
            : variables;
    }

    private static IEnumerable<string> LeavesOf(SelectionSetNode set, string above)
    {
        foreach (var selection in set.Selections)
        {
            var below = selection is FieldNode field ? field.SelectionSet : ((InlineFragmentNode)selection).SelectionSet;
            var name = above + (selection as FieldNode)?.Name.Value;
            foreach (var leaf in below is null ? [name] : LeavesOf(below, selection is FieldNode ? name + "." : above))
            {
                yield return leaf;
            }
        }
    }

    /// <summary>The arguments of a field that the client does not give.</summary>
    public static HashSet<string> FedArguments(FieldInSource field) =>
        (field.Requirement?.Arguments.Select(argument => argument.Name) ?? []).Concat(field.ContextArguments.Select(argument => argument.Name))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// After all fields were seen: nothing is sent for nothing, and who loses a target to a null is told so: whether it is one in the key, too.
    /// </summary>
    public void CheckInputsUsed()
    {
        var isRepresentation = step.Kind == FetchKind.Representations;
        foreach (var input in step.Inputs.Skip(isRepresentation ? 1 : 0))
        {
            if (!inputsUsed.Contains(input.VariableName))
            {
                problems.Add("an input feeds no argument");
            }

            if (input.WhenNull is null == input.SkipsOnNull || input.IsKey != inputsOfKeys.Contains(input.VariableName))
            {
                problems.Add($"a null in {input.VariableName} is told wrongly");
            }

            if (input.WhenUnfit is null != (input.IsKey || !Strictness.IsChecked(input.Value)) || Strictness.IsToldBelow(input.Value))
            {
                problems.Add($"what becomes of a value of {input.VariableName} that does not fit is told wrongly");
            }
        }

        if (isRepresentation)
        {
            representations.CheckContent();
            if (step.Inputs[0] is not { IsKey: true, WhenNull: not null, WhenUnfit: null })
            {
                problems.Add("a null in a key is not told as one");
            }
        }
    }

    /// <inheritdoc cref="RepresentationVerifier.NameIn"/>
    public string NameIn(int type) => representations.NameIn(type);

    /// <summary>True when a null in an input skips the whole target, and the field is no reason for that.</summary>
    public bool IsEndangered(FieldInSource? field, FieldNode node) =>
        (skipping ??= [.. step.Inputs.Where(input => input.SkipsOnNull && (input.Value is ContextTemplate || IsNullableRequirement(input)))]).Exists(input => input.Value is ContextTemplate
            ? !node.Arguments.Any(given => given.Value is VariableNode variable && variable.Name.Value == input.VariableName)
            : field?.Requirement?.Arguments.Any(argument => argument.Type is NonNullTypeNode && MeansInput(argument, input)) != true);

    private (SelectionSetNode, string)? LookupField(OperationDefinitionNode operation)
    {
        var set = operation.SelectionSet;
        FieldNode? field = null;
        foreach (var name in step.Document.LookupPath)
        {
            if (set.Selections is not [FieldNode { Alias: null, SelectionSet: { } inner } next] || next.Name.Value != name
                || (name != step.Document.LookupPath[^1] && !next.Arguments.IsEmpty))
            {
                problems.Add("the document does not follow the path to the lookup");
                return null;
            }

            (field, set) = (next, inner);
        }

        if (field is null)
        {
            problems.Add("it has no lookup");
            return null;
        }

        string? returns = null;
        foreach (var type in step.TargetTypes.Ordinals())
        {
            var candidates = facts.Lookups(plan.Supergraph.FullSchema.ObjectTypes[type]).Where(lookup =>
                lookup.Kind == LookupKind.Field && lookup.Path.Append(lookup.FieldName).SequenceEqual(step.Document.LookupPath)
                && lookup.Arguments.Length == field.Arguments.Length && lookup.Arguments.All(argument => InputOf(field.Arguments, argument) is not null)).ToList();
            if (InTurn(candidates, field, type) is not { } inTurn)
            {
                problems.Add($"{facts.Source.Name} has no such lookup of {plan.Supergraph.FullSchema.ObjectTypes[type].Name}");
                continue;
            }

            returns = inTurn[0].ReturnTypeName;
            foreach (var argument in inTurn[0].Arguments)
            {
                CheckArgument(field.Arguments, argument, default(TypeSet).With(type), isKey: true);
            }

            turns.CheckKeys(type, inTurn);
        }

        foreach (var choice in step.Inputs.Where(input => inputsOfKeys.Contains(input.VariableName)).Select(input => input.Value).OfType<ChoiceTemplate>())
        {
            turns.CheckTypes(choice);
        }

        return returns is null ? null : (set, returns);
    }

    // The lookups of a type whose maps the inputs are; several where one input has the maps of one after the other as alternatives. Null: it has none.
    private List<Lookup>? InTurn(List<Lookup> candidates, FieldNode field, int type)
    {
        if (candidates.Find(lookup => lookup.Arguments.All(argument => Means(argument, InputOf(field.Arguments, argument)!, type, isKey: true))) is { } only)
        {
            return [only];
        }

        foreach (var name in field.Arguments.Select(argument => argument.Name.Value))
        {
            if (candidates.Count == 0 || InputOf(field.Arguments, candidates[0].Arguments.First(argument => argument.Name == name))?.Value is not ChoiceTemplate choice)
            {
                continue;
            }

            var values = choice.Alternatives.Where(alternative => alternative.AppliesTo.Contains(type)).Select(alternative => alternative.Value);
            var inTurn = values.Select(value => candidates.Find(lookup => lookup.Arguments.All(argument => argument.Name == name
                ? Means(argument, value, type, isKey: true)
                : Means(argument, InputOf(field.Arguments, argument)!, type, isKey: true)))).ToList();
            if (inTurn.Count > 0 && inTurn.TrueForAll(lookup => lookup is not null))
            {
                return inTurn!;
            }
        }

        return null;
    }

    private void CheckArgument(ImmutableArray<ArgumentNode> given, MappedArgument argument, TypeSet types, bool isKey)
    {
        if (InputOf(given, argument) is not { } input || input.Type.ToString() != argument.Type.ToString()
            || (!isKey && types.Ordinals().Any(type => !Means(argument, input, type, isKey))))
        {
            problems.Add($"the argument {argument.Name} does not get what it maps");
        }
        else if ((isKey || argument.Type is NonNullTypeNode) != input.SkipsOnNull)
        {
            problems.Add($"the argument {argument.Name} and what becomes of a null in it do not fit");
        }
        else
        {
            inputsUsed.Add(input.VariableName);
            if (isKey)
            {
                inputsOfKeys.Add(input.VariableName);
            }
        }
    }

    private FetchInput? InputOf(ImmutableArray<ArgumentNode> given, MappedArgument argument) => InputOf(given, argument.Name);

    private FetchInput? InputOf(ImmutableArray<ArgumentNode> given, string argument) =>
        given.FirstOrDefault(other => other.Name.Value == argument)?.Value is VariableNode variable ? inputs.GetValueOrDefault(variable.Name.Value) : null;

    private bool Means(MappedArgument argument, FetchInput input, int type, bool isKey) => Means(argument, input.Value, type, isKey);

    private bool Means(MappedArgument argument, ValueTemplate value, int type, bool isKey) =>
        meanings.Of(argument.Map, type, isKey, new Place(argument.Type.ToString(), argument, "")) == meanings.Of(value, type);

    private bool MeansInput(MappedArgument argument, FetchInput input) =>
        step.TargetTypes.Ordinals().Any(type => Means(argument, input, type, isKey: false));

    private bool IsNullableRequirement(FetchInput input) => step.Kind == FetchKind.Lookup && !inputsOfKeys.Contains(input.VariableName)
        && (CanBeNull(input.Value) || Strictness.CanBeUnfit(input.Value));

    private static bool CanBeNull(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => !leaf.Field.Definition.Type.IsNonNull,
        CompositeTemplate composite => !composite.Field.Definition.Type.IsNonNull || CanBeNull(composite.Inner),
        ChoiceTemplate choice => choice.Alternatives.All(alternative => CanBeNull(alternative.Value)),
        ObjectTemplate @object => @object.Entries.Any(entry => entry.IsKey && CanBeNull(entry.Value)),
        _ => false,
    };
}
