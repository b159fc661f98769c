using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>The variables of a step that differ by target, and what they are called.</summary>
internal sealed class StepInputs
{
    private readonly List<FetchInput> inputs = [];
    private readonly string prefix;
    private Dictionary<string, string>? names;

    private StepInputs(string prefix)
    {
        this.prefix = prefix;
    }

    public ImmutableArray<FetchInput> All => [.. inputs];

    /// <summary>The arguments of the lookup field and their variables; empty for other kinds.</summary>
    public List<(string Name, string VariableName)> CallArguments { get; } = [];

    /// <summary>The inputs of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="templates">Makes the values.</param>
    /// <param name="names">What they are called.</param>
    /// <param name="contexts">Finds where values from contexts come from.</param>
    public static StepInputs Of(StepBuilder step, Templates templates, InputNames names, Contexts contexts)
    {
        var result = new StepInputs(names.Prefix);
        if (step.Kind == FetchKind.Representations)
        {
            result.AddRepresentations(step, names.Representations, templates);
            foreach (var use in step.Requirements)
            {
                foreach (var argument in use.Requirement.Contexts)
                {
                    result.Add(argument, use.Requirement.Source, step.Position, templates, contexts);
                }
            }

            return result;
        }

        result.AddArguments(step, templates);
        return result;
    }

    private void AddRepresentations(StepBuilder step, string name, Templates templates)
    {
        var representation = templates.Representation(step.Position, step.Keys, step.Requirements)!;
        List<string> keys = [KeyOf(representation, templates, out var isPublic)];
        ValueTemplate value = representation;
        if (step.OtherKeys.Count > 0)
        {
            var alternatives = ImmutableArray.CreateBuilder<ChoiceAlternative>(1 + step.OtherKeys.Count);
            alternatives.Add(new ChoiceAlternative(step.TargetTypes, representation));
            foreach (var others in step.OtherKeys)
            {
                var other = templates.Representation(step.Position, others, step.Requirements)!;
                alternatives.Add(new ChoiceAlternative(StepBuilder.TypesOf(others), other));
                keys.Add(KeyOf(other, templates, out var isOtherPublic));
                isPublic &= isOtherPublic;
            }

            value = new ChoiceTemplate(alternatives.MoveToImmutable());
        }

        inputs.Add(new FetchInput(name, RepresentationsType, value, SkipsOnNull: true) { IsKey = true, WhenNull = WhenNull(keys, isPublic) });
    }

    private static string KeyOf(ObjectTemplate representation, Templates templates, out bool isPublic)
    {
        isPublic = true;
        var keys = new List<string>();
        foreach (var entry in representation.Entries)
        {
            if (entry is { IsKey: true, Value: not TypenameTemplate })
            {
                isPublic &= templates.ReadsPublicFields(entry.Value);
                if (!keys.Contains(entry.Name))
                {
                    keys.Add(entry.Name);
                }
            }
        }

        return keys is [var only] ? only : string.Join(' ', keys);
    }

    private void AddArguments(StepBuilder step, Templates templates)
    {
        List<string> before = [.. step.InsteadOf.SelectMany(KeysOf)];
        var isPublic = step.InsteadOf.TrueForAll(other => ReadsPublicKeys(other, templates));
        foreach (var argument in step.Kind == FetchKind.Lookup ? step.Keys[0].Lookup.Arguments : [])
        {
            List<string> keys = [Printer.Print(argument.Map)];
            var value = KeyArgument(step, argument, templates, keys);
            var words = WhenNull([.. before, .. keys], isPublic && templates.ReadsPublicFields(value));
            CallArguments.Add((argument.Name, Add(argument, value, skipsOnNull: true, words, isKey: true)));
        }

        if (step.Requirements.Count == 0)
        {
            return;
        }

        // What several fields need is one value, of the objects of all their types.
        var arguments = step.Requirements.SelectMany(use => use.Requirement.Arguments.Select(argument => (Argument: argument, use.Types)))
            .GroupBy(entry => Identity(entry.Argument));
        foreach (var group in arguments)
        {
            var argument = group.First().Argument;
            var types = group.Aggregate(default(TypeSet), (all, one) => all.Union(one.Types));
            var value = templates.Mapped(step.Position, types, argument, isKey: false);
            Add(
                argument,
                step.TargetTypes.IsSubsetOf(types) ? value : new ChoiceTemplate([new ChoiceAlternative(types, value)]),
                argument.Type is NonNullTypeNode,
                WhenNull(argument, value, templates),
                isKey: false,
                WhenUnfit(argument, value, templates));
        }
    }

    // The value by which targets are looked up, and those that it can be in its stead.
    private static ValueTemplate KeyArgument(StepBuilder step, MappedArgument argument, Templates templates, List<string> keys)
    {
        var value = templates.Mapped(step.Position, step.TargetTypes, argument, isKey: true);
        var alternatives = ImmutableArray.CreateBuilder<ChoiceAlternative>();
        foreach (var others in step.OtherKeys)
        {
            foreach (var same in others.Select(use => (use.Types, Argument: use.Lookup.Arguments.First(other => other.Name == argument.Name)))
                .GroupBy(use => Printer.Print(use.Argument.Map)).Where(same => same.Key != keys[0]))
            {
                var types = same.Aggregate(default(TypeSet), (all, use) => all.Union(use.Types));
                alternatives.Add(new ChoiceAlternative(types, templates.Mapped(step.Position, types, same.First().Argument, isKey: true)));
                keys.Add(same.Key);
            }
        }

        return alternatives.Count == 0 ? value : new ChoiceTemplate([new ChoiceAlternative(step.TargetTypes, value), .. alternatives]);
    }

    // Of each lookup what it takes, whatever number of arguments that is.
    private static IEnumerable<string> KeysOf(StepBuilder step) => AllKeys(step).Select(use => string.Join(' ', use.Lookup.Arguments.Select(argument => Printer.Print(argument.Map))));

    private static bool ReadsPublicKeys(StepBuilder step, Templates templates) => AllKeys(step).All(use =>
        use.Lookup.Arguments.All(argument => templates.ReadsPublicFields(templates.Mapped(step.Position, use.Types, argument, isKey: true))));

    private static IEnumerable<KeyUse> AllKeys(StepBuilder step) => step.Keys.Concat(step.OtherKeys.SelectMany(others => others));

    /// <summary>The arguments that a field's requirement feeds and their variables.</summary>
    public IEnumerable<(string Name, string VariableName)> ArgumentsOf(FieldNeeds? requirement) =>
        requirement is null ? []
        : requirement.Arguments.Select(argument => (argument.Name, names![Identity(argument)]))
            .Concat(requirement.Contexts.Select(argument => (argument.Name, names![FieldNeeds.Identity(argument)])));

    /// <summary>What the requirement needs, as <see cref="FetchField.Requires"/> names it.</summary>
    public IEnumerable<string> NamesOf(FieldNeeds? requirement) => requirement is null ? []
        : ArgumentsOf(requirement).Select(argument => argument.VariableName)
            .Concat(requirement.Arguments.IsEmpty ? Leaves(requirement.Selection, "") : []).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Leaves(SelectionSetNode set, string above) => set.Selections.SelectMany(selection => selection switch
    {
        FieldNode { SelectionSet: { } below } field => Leaves(below, $"{above}{field.Name.Value}."),
        FieldNode field => [above + field.Name.Value],
        InlineFragmentNode fragment => Leaves(fragment.SelectionSet, above),
        _ => Enumerable.Empty<string>(),
    });

    private static TypeNode RepresentationsType { get; } =
        new NonNullTypeNode(0, 0, new ListTypeNode(0, 0, new NonNullTypeNode(0, 0, new NamedTypeNode(0, 0, new NameNode("_Any", 0)))));

    // Two fields that need the same value of the same type share a variable.
    private string Add(MappedArgument argument, ValueTemplate value, bool skipsOnNull, string? whenNull, bool isKey, string? whenUnfit = null)
    {
        var index = inputs.FindIndex(input => input.Value == value && input.SkipsOnNull == skipsOnNull && input.Type.ToString() == argument.Type.ToString());
        var name = index < 0 ? InputNames.VariableOf(prefix, inputs.Count + 1, argument.Name) : inputs[index].VariableName;
        if (index < 0)
        {
            inputs.Add(new FetchInput(name, argument.Type, value, skipsOnNull) { WhenNull = whenNull, WhenUnfit = whenUnfit, IsKey = isKey });
        }

        (names ??= new(StringComparer.Ordinal))[Identity(argument)] = name;
        return name;
    }

    private void Add(ContextArgument argument, SourceSchema source, Position position, Templates templates, Contexts contexts)
    {
        var identity = FieldNeeds.Identity(argument);
        if ((names ??= new(StringComparer.Ordinal)).TryAdd(identity, InputNames.VariableOf(prefix, inputs.Count + 1, argument.Name)))
        {
            var value = templates.Context(argument, contexts.SettersOf(position, source, argument));
            inputs.Add(new FetchInput(names[identity], argument.Type, value, SkipsOnNull: argument.Type is NonNullTypeNode)
            {
                WhenNull = argument.Type is NonNullTypeNode ? $"The field takes a value from the context \"{argument.Context}\", which is null here." : null,
                WhenUnfit = Unfit.IsChecked(value) ? $"The field takes a value from the context \"{argument.Context}\" without a null in it, and one is there." : null,
            });
        }
    }

    // Fields that clients cannot see are not named to them.
    private static string? WhenNull(MappedArgument argument, ValueTemplate value, Templates templates) => argument.Type is not NonNullTypeNode ? null
        : templates.ReadsPublicFields(value) ? $"The field requires \"{Printer.Print(argument.Map)}\" of its object, which is null here."
        : "The field requires another one of its object, which is null here.";

    private static string? WhenUnfit(MappedArgument argument, ValueTemplate value, Templates templates) => !Unfit.IsChecked(value) ? null
        : templates.ReadsPublicFields(value) ? $"The field requires \"{Printer.Print(argument.Map)}\" of its object without a null in it, and one is there."
        : "The field requires another one of its object without a null in it, and one is there.";

    private static string WhenNull(List<string> keys, bool isPublic) => !isPublic ? "The field needs a key of its object, which is null here."
        : keys is [var only] ? $"The field needs its object's key \"{only}\", which is null here."
        : $"The field needs a key of its object, {string.Join(" or ", keys.Distinct(StringComparer.Ordinal).Select(static key => $"\"{key}\""))}, and each of them is null here.";

    private static string Identity(MappedArgument argument) => $"{argument.Type} {Printer.Print(argument.Map)}";
}
