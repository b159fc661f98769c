using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>What is left by a contract must be a schema: nothing visible depends on something hidden.</summary>
internal sealed class ContractRules(DocumentNode document, HashSet<string> hidden, SourcePlaces places, ProblemSink problems)
{
    private readonly Dictionary<string, TypeDefinitionNode> types =
        document.Definitions.OfType<TypeDefinitionNode>().ToDictionary(type => type.Name.Value, StringComparer.Ordinal);

    internal void Check(SchemaContract contract)
    {
        CheckTags(contract);
        if (hidden.Contains("Query"))
        {
            Report(
                ProblemCode.ContractHidesEverything,
                "The contract leaves no field of Query, so that there would be nothing to ask.",
                "Tag at least one field of Query for it, or exclude less.",
                "Query");
            return;
        }

        foreach (var type in types.Values.Where(type => !hidden.Contains(type.Name.Value)))
        {
            foreach (var field in ContractElements.FieldsOf(type).Where(field => IsVisible($"{type.Name}.{field.Name}")))
            {
                CheckType($"{type.Name}.{field.Name}", "returns", field.Type);
                CheckInputs($"{type.Name}.{field.Name}", field.Arguments, name => $"{type.Name}.{field.Name}({name}:)");
            }

            if (type is InputObjectTypeDefinitionNode input)
            {
                CheckInputs(type.Name.Value, input.Fields, name => $"{type.Name}.{name}");
            }

            CheckInterfaces(type);
        }
    }

    private void CheckTags(SchemaContract contract)
    {
        var known = ContractElements.Of(document).SelectMany(element => ContractFilter.Tags(element.Directives)).ToHashSet(StringComparer.Ordinal);
        foreach (var tag in contract.IncludeTags.Concat(contract.ExcludeTags).Where(tag => !known.Contains(tag)))
        {
            problems.Add(new CompositionProblem
            {
                Code = ProblemCode.ContractTagUnused,
                Severity = ProblemSeverity.Warning,
                Message = $"No type or member has the tag \"{tag}\".{TypeSystem.Suggestions.DidYouMean(tag, known)}",
                Hint = $"Put @tag(name: \"{tag}\") on what it is for, or mend its name.",
            });
        }
    }

    private void CheckType(string coordinate, string verb, TypeNode type)
    {
        var name = ContractElements.NamedType(type);
        if (hidden.Contains(name))
        {
            Report(
                ProblemCode.ContractReferenceHidden,
                $"{coordinate} stays visible and {verb} {name}, which the contract hides.",
                $"Tag both alike: hide {coordinate} too, or keep something of {name}.",
                coordinate,
                name);
        }
    }

    private void CheckInputs(string parent, IEnumerable<InputValueDefinitionNode> inputs, Func<string, string> coordinateOf)
    {
        foreach (var input in inputs)
        {
            var coordinate = coordinateOf(input.Name.Value);
            if (IsVisible(coordinate))
            {
                CheckType(coordinate, "takes", input.Type);
                CheckDefault(coordinate, input);
            }
            else if (input is { Type: NonNullTypeNode, DefaultValue: null })
            {
                Report(
                    ProblemCode.ContractRequiredInputHidden,
                    $"The contract hides {coordinate}, which must be given wherever {parent} is used.",
                    $"Hide {parent} too, make {coordinate} nullable, or give it a default.",
                    coordinate);
            }
        }
    }

    private void CheckDefault(string coordinate, InputValueDefinitionNode input)
    {
        foreach (var value in Values(input.DefaultValue, ContractElements.NamedType(input.Type)).Where(hidden.Contains).Distinct())
        {
            Report(
                ProblemCode.ContractDefaultValueHidden,
                $"The default of {coordinate} shows {value}, which the contract hides.",
                "Use another default, or keep the value visible.",
                coordinate,
                value);
        }
    }

    private void CheckInterfaces(TypeDefinitionNode type)
    {
        foreach (var name in ContractFilter.InterfacesOf(type).Select(@interface => @interface.Name.Value).Where(IsVisible))
        {
            foreach (var field in ContractElements.FieldsOf(types[name]).Where(field => IsVisible($"{name}.{field.Name}")))
            {
                var own = ContractElements.FieldsOf(type).FirstOrDefault(it => it.Name.Value == field.Name.Value);
                if (!IsVisible($"{type.Name}.{field.Name}"))
                {
                    ReportUnlike($"{name}.{field.Name}", $"{type.Name}.{field.Name}");
                }
                else if (own is not null)
                {
                    CheckArguments($"{name}.{field.Name}", field, $"{type.Name}.{field.Name}", own);
                }
            }
        }
    }

    private void CheckArguments(string contract, FieldDefinitionNode expected, string coordinate, FieldDefinitionNode own)
    {
        foreach (var argument in own.Arguments.Where(argument => expected.Arguments.Any(it => it.Name.Value == argument.Name.Value)))
        {
            var (theirs, ours) = ($"{contract}({argument.Name}:)", $"{coordinate}({argument.Name}:)");
            if (IsVisible(theirs) && !IsVisible(ours))
            {
                ReportUnlike(theirs, ours);
            }
            else if (!IsVisible(theirs) && IsVisible(ours) && argument is { Type: NonNullTypeNode, DefaultValue: null })
            {
                Report(
                    ProblemCode.ContractInterfaceFieldHidden,
                    $"{ours} stays visible and must be given, and the contract hides {theirs}, which it implements.",
                    "Tag both alike.",
                    theirs,
                    ours);
            }
        }
    }

    private void ReportUnlike(string contract, string implementation) => Report(
        ProblemCode.ContractInterfaceFieldHidden,
        $"{contract} stays visible, and the contract hides {implementation}, which implements it.",
        "Tag both alike.",
        contract,
        implementation);

    private bool IsVisible(string coordinate) => !hidden.Contains(coordinate);

    // The coordinates of the enum values and of the fields of input objects that a value of the type names.
    private IEnumerable<string> Values(ValueNode? value, string typeName) => value switch
    {
        EnumValueNode name => [$"{typeName}.{name.Value}"],
        ListValueNode list => list.Values.SelectMany(item => Values(item, typeName)),
        ObjectValueNode @object => @object.Fields.SelectMany(field =>
            (types.GetValueOrDefault(typeName) as InputObjectTypeDefinitionNode)?.Fields.FirstOrDefault(it => it.Name.Value == field.Name.Value) is { } input
                ? Values(field.Value, ContractElements.NamedType(input.Type)).Prepend($"{typeName}.{field.Name}")
                : []),
        _ => [],
    };

    private void Report(ProblemCode code, string message, string hint, params string[] coordinates) => problems.Add(new CompositionProblem
    {
        Code = code,
        Message = message,
        Hint = hint,
        Places = [.. coordinates.SelectMany(coordinate => places.Find(coordinate)).Distinct()],
    });
}
