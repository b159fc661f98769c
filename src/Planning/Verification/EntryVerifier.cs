using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Checks how a step enters its source: by a lookup that is there, with the whole key, and with what its fields require.</summary>
internal sealed class EntryVerifier(
    QueryPlan plan, FetchStep step, ResultShape shape, Fills fills, Predicate<int> isAncestor, SourceFacts facts, List<string> problems)
{
    private readonly Meanings meanings = new(plan.Supergraph.FullSchema, facts);
    private readonly HashSet<string> inputsUsed = new(StringComparer.Ordinal);
    private readonly HashSet<string> inputsOfKeys = new(StringComparer.Ordinal);
    private readonly Dictionary<int, HashSet<string>> required = [];

    /// <summary>Checks the entry; the selection set on the targets and the type that it is on, or null when there is none.</summary>
    public (SelectionSetNode Set, string TypeName)? Verify(OperationDefinitionNode operation)
    {
        foreach (var input in step.Inputs)
        {
            CheckAvailable(input.Value, shape, step.TargetTypes);
        }

        return step.Kind switch
        {
            FetchKind.Root => (operation.SelectionSet, shape.Type.Name),
            FetchKind.Representations => Representations(operation),
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
            Require(carried.Selection, types);
        }

        foreach (var argument in field.Requirement?.Arguments ?? [])
        {
            CheckArgument(node.Arguments, argument, types, isKey: false);
        }

        foreach (var argument in field.ContextArguments)
        {
            if (new ContextVerifier(plan, step, fills, isAncestor, facts, meanings).Check(node.Arguments, argument) is { } problem)
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
            ? variables.Concat(FieldsOf(requirement.Selection))
            : variables;
    }

    private static IEnumerable<string> FieldsOf(SelectionSetNode set) => set.Selections.SelectMany(selection =>
        selection is FieldNode field ? [field.Name.Value] : FieldsOf(((InlineFragmentNode)selection).SelectionSet));

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

        if (isRepresentation && step.Inputs[0] is { Value: ObjectTemplate template } representations)
        {
            CheckRepresentation(template);
            if (representations is not { IsKey: true, WhenNull: not null, WhenUnfit: null })
            {
                problems.Add("a null in a key is not told as one");
            }
        }
    }

    // Of each type the representation holds a key of the source and what the fields require that are asked of it, and nothing else.
    private void CheckRepresentation(ObjectTemplate template)
    {
        if (template.Entries.Any(entry => entry.WhenUnfit is null != (entry.IsKey || !Strictness.IsChecked(entry)) || Strictness.IsToldBelow(entry.Value)))
        {
            problems.Add("what becomes of a required value that does not fit is told wrongly");
        }

        foreach (var type in step.TargetTypes.Ordinals())
        {
            var held = meanings.Entries(template, type).ToList();
            var keys = held.Where(entry => entry.IsKey).Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
            var objectType = plan.Supergraph.FullSchema.ObjectTypes[type];
            var name = NameIn(type);
            if (!facts.Lookups(objectType).Any(lookup => lookup.Kind == LookupKind.Representations && lookup.TypeName == name && keys.SetEquals(meanings.Entries(lookup.Key, type))))
            {
                problems.Add($"{facts.Source.Name} has no key of {objectType.Name} that is just the one in the representation");
            }

            if (!required.GetValueOrDefault(type, []).Union(keys).ToHashSet(StringComparer.Ordinal).SetEquals(held.Select(entry => entry.Path)))
            {
                problems.Add("the representation does not hold just what the fields require");
            }
        }
    }

    /// <summary>The name by which the source is given targets of a type in representations; empty where there is none, or more than one.</summary>
    public string NameIn(int type) => step.Inputs is [{ Value: ObjectTemplate template }, ..] && template.Entries
        .Where(entry => entry.Name == "__typename" && entry.AppliesTo.Contains(type)).Select(entry => entry.Value).OfType<TypenameTemplate>().ToList() is [var only]
        ? only.FixedName ?? plan.Supergraph.FullSchema.ObjectTypes[type].Name
        : "";

    /// <summary>True when a null in an input skips the whole target, and the field is no reason for that.</summary>
    public bool IsEndangered(FieldInSource? field, FieldNode node) => step.Inputs.Any(input => input.SkipsOnNull && (input.Value is ContextTemplate
        ? !node.Arguments.Any(given => given.Value is VariableNode variable && variable.Name.Value == input.VariableName)
        : IsNullableRequirement(input)
            && field?.Requirement?.Arguments.Any(argument => argument.Type is NonNullTypeNode && MeansInput(argument, input)) != true));

    private (SelectionSetNode, string)? Representations(OperationDefinitionNode operation)
    {
        if (operation.SelectionSet.Selections is not [FieldNode { Name.Value: "_entities", Alias: null, SelectionSet: { } set } field]
            || step.Inputs is not [{ Value: ObjectTemplate template, SkipsOnNull: true } input, ..]
            || step.Inputs.Skip(1).Any(other => other.Value is not ContextTemplate)
            || field.Arguments is not [{ Name.Value: "representations", Value: VariableNode variable }]
            || variable.Name.Value != input.VariableName || input.Type.ToString() != "[_Any!]!")
        {
            problems.Add("it does not ask _entities with one input of representations");
            return null;
        }

        foreach (var type in step.TargetTypes.Ordinals())
        {
            if (template.Entries.Any(entry => entry.AppliesTo.Contains(type) && entry.Value is TypenameTemplate { FixedName: null }) && !fills.IsTypeKnown(shape, default(TypeSet).With(type), isAncestor))
            {
                problems.Add("it names a runtime type, and does not wait for the step that tells it");
            }
        }

        CheckNames(template, step.TargetTypes, [.. step.TargetTypes.Ordinals().ToArray().Select(NameIn).Distinct(StringComparer.Ordinal)]);
        return (set, "");
    }

    // No name stands twice in an object, and an object of an abstract type says what it is.
    private void CheckNames(ObjectTemplate template, TypeSet types, List<string> owners)
    {
        foreach (var type in types.Ordinals())
        {
            if (template.Entries.Where(entry => entry.AppliesTo.Contains(type)).GroupBy(entry => entry.Name).Any(group => group.Count() > 1))
            {
                problems.Add("the representation has one name twice");
            }
        }

        foreach (var composite in template.Entries.Select(entry => entry.Value).OfType<CompositeTemplate>())
        {
            if (composite.Inner is not ObjectTemplate inner)
            {
                problems.Add($"{composite.Field} is not carried as an object");
                continue;
            }

            var below = fills.Arrived(composite.Field.Shape!);
            List<string> inSource = [.. owners.Select(owner => facts.Field(owner, composite.Field.Definition.Name)).OfType<FieldInSource>().Select(field => SourceFacts.NamedOf(field.Type)).Distinct()];
            var names = inner.Entries.Where(entry => entry is { Name: "__typename", Value: TypenameTemplate }).ToList();
            if (composite.Field.Shape!.Type is not ObjectType
                && below.Ordinals().Any(type => names.FindAll(entry => entry.AppliesTo.Contains(type)) is not [{ Value: TypenameTemplate name }] || name.FixedName != NameBelow(inSource, type)))
            {
                problems.Add($"the representation does not say what {composite.Field} is");
            }

            var named = names.Where(entry => entry.Value is TypenameTemplate { FixedName: null }).Aggregate(default(TypeSet), (all, entry) => all.Union(entry.AppliesTo));
            CheckTypesKnown(composite.Field.Shape!, named.Intersect(below));

            CheckNames(inner, below, inSource);
        }
    }

    // The name of an interface where the source has an object in its place and does not know the object type; null for the type's own.
    private string? NameBelow(List<string> declared, int type)
    {
        var objectType = plan.Supergraph.FullSchema.ObjectTypes[type];
        var names = objectType.Interfaces.Select(@interface => @interface.Name).Where(facts.IsInterfaceObject).ToList();
        return facts.Knows(objectType.Name) ? null : names.Find(declared.Contains) ?? names.FirstOrDefault();
    }

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
            var lookup = facts.Lookups(plan.Supergraph.FullSchema.ObjectTypes[type]).FirstOrDefault(lookup =>
                lookup.Kind == LookupKind.Field && lookup.Path.Append(lookup.FieldName).SequenceEqual(step.Document.LookupPath)
                && lookup.Arguments.Length == field.Arguments.Length
                && lookup.Arguments.All(argument => InputOf(field.Arguments, argument) is { } input && Means(argument, input, type, isKey: true)));
            if (lookup is null)
            {
                problems.Add($"{facts.Source.Name} has no such lookup of {plan.Supergraph.FullSchema.ObjectTypes[type].Name}");
                continue;
            }

            returns = lookup.ReturnTypeName;
            foreach (var argument in lookup.Arguments)
            {
                CheckArgument(field.Arguments, argument, default(TypeSet).With(type), isKey: true);
            }
        }

        return returns is null ? null : (set, returns);
    }

    private void CheckArgument(IEnumerable<ArgumentNode> given, MappedArgument argument, TypeSet types, bool isKey)
    {
        if (InputOf(given, argument) is not { } input || input.Type.ToString() != argument.Type.ToString()
            || types.Ordinals().Any(type => !Means(argument, input, type, isKey)))
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

    private FetchInput? InputOf(IEnumerable<ArgumentNode> given, MappedArgument argument) =>
        given.FirstOrDefault(other => other.Name.Value == argument.Name)?.Value is VariableNode variable
            ? step.Inputs.FirstOrDefault(input => input.VariableName == variable.Name.Value)
            : null;

    private bool Means(MappedArgument argument, FetchInput input, int type, bool isKey) =>
        meanings.Of(argument.Map, type, isKey, new Place(argument.Type.ToString(), argument, "")) == meanings.Of(input.Value, type);

    private bool MeansInput(MappedArgument argument, FetchInput input) =>
        step.TargetTypes.Ordinals().Any(type => Means(argument, input, type, isKey: false));

    private void Require(SelectionSetNode selection, TypeSet types)
    {
        foreach (var type in types.Intersect(step.TargetTypes).Ordinals())
        {
            if (!required.TryGetValue(type, out var entries))
            {
                required.Add(type, entries = new HashSet<string>(StringComparer.Ordinal));
            }

            entries.UnionWith(meanings.Entries(selection, type));
        }
    }

    // Everything that a template reads was filled by steps that have ended.
    private void CheckAvailable(ValueTemplate template, ResultShape at, TypeSet types)
    {
        switch (template)
        {
            case LeafTemplate leaf:
                CheckAvailable(leaf.Field, at, types);
                break;
            case CompositeTemplate composite:
                CheckAvailable(composite.Field, at, types);
                CheckAvailable(composite.Inner, composite.Field.Shape!, fills.Arrived(composite.Field.Shape!));
                break;
            case ObjectTemplate @object:
                foreach (var entry in @object.Entries)
                {
                    CheckTypesKnown(at, types, entry.AppliesTo);
                    CheckAvailable(entry.Value, at, types.Intersect(entry.AppliesTo));
                }

                break;
            case ChoiceTemplate choice:
                foreach (var alternative in choice.Alternatives)
                {
                    CheckTypesKnown(at, types, alternative.AppliesTo);
                    CheckAvailable(alternative.Value, at, types.Intersect(alternative.AppliesTo));
                }

                break;
            case ContextTemplate context:
                foreach (var alternative in context.Alternatives.Where(alternative => alternative.Depth >= 0 && alternative.Depth < step.Path.Length))
                {
                    var above = step.Path[alternative.Depth].Parent;
                    CheckAvailable(alternative.Value, above, fills.Arrived(above).Intersect(alternative.AppliesTo));
                }

                break;
        }
    }

    // What depends on the type of an object below the target comes after the step that tells it.
    private void CheckTypesKnown(ResultShape at, TypeSet types, TypeSet appliesTo)
    {
        if (at != shape && !types.IsSubsetOf(appliesTo))
        {
            CheckTypesKnown(at, types);
        }
    }

    private void CheckTypesKnown(ResultShape at, TypeSet types)
    {
        if (!fills.IsTypeKnown(at, types, isAncestor))
        {
            problems.Add($"it depends on the types of objects at {at.Type.Name} before they are told");
        }
    }

    private void CheckAvailable(ResultField field, ResultShape at, TypeSet types)
    {
        if (field.Parent != at || !types.IsSubsetOf(field.AppliesTo))
        {
            problems.Add($"it reads {field}, which is not on its targets");
        }
        else if (!types.IsSubsetOf(fills.FilledBy(field, isAncestor)))
        {
            problems.Add($"it reads {field} before it is there");
        }
    }

    private bool IsNullableRequirement(FetchInput input) => step.Kind == FetchKind.Lookup && step.TargetTypes.Ordinals().Any(type =>
        (CanBeNull(input.Value) || Strictness.CanBeUnfit(input.Value)) && !facts.Lookups(plan.Supergraph.FullSchema.ObjectTypes[type])
            .Any(lookup => lookup.Arguments.Any(argument => Means(argument, input, type, isKey: true))));

    private static bool CanBeNull(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => !leaf.Field.Definition.Type.IsNonNull,
        CompositeTemplate composite => !composite.Field.Definition.Type.IsNonNull || CanBeNull(composite.Inner),
        ChoiceTemplate choice => choice.Alternatives.All(alternative => CanBeNull(alternative.Value)),
        ObjectTemplate @object => @object.Entries.Any(entry => entry.IsKey && CanBeNull(entry.Value)),
        _ => false,
    };
}
