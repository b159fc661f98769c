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
                Message = $"Nothing has the tag \"{tag}\".{TypeSystem.Suggestions.DidYouMean(tag, known)}",
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
        var shown = Values(input.DefaultValue).Select(value => $"{ContractElements.NamedType(input.Type)}.{value}").Where(hidden.Contains);
        foreach (var value in shown)
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
            foreach (var field in ContractElements.FieldsOf(types[name]).Select(field => field.Name.Value))
            {
                if (IsVisible($"{name}.{field}") && !IsVisible($"{type.Name}.{field}"))
                {
                    Report(
                        ProblemCode.ContractInterfaceFieldHidden,
                        $"{name}.{field} stays visible, and the contract hides {type.Name}.{field}, which implements it.",
                        "Tag both alike.",
                        $"{name}.{field}",
                        $"{type.Name}.{field}");
                }
            }
        }
    }

    private bool IsVisible(string coordinate) => !hidden.Contains(coordinate);

    // The enum values and the field names of input objects, which lie directly below the type of the value.
    private static IEnumerable<string> Values(ValueNode? value) => value switch
    {
        EnumValueNode name => [name.Value],
        ListValueNode list => list.Values.SelectMany(Values),
        ObjectValueNode @object => @object.Fields.Select(field => field.Name.Value),
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
