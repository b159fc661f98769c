using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Interop;

/// <summary>Random operations on a schema: mostly valid ones; what is not valid the caller leaves out.</summary>
internal sealed class OperationGenerator(Schema schema, Random random)
{
    private const int MaxDepth = 4;

    private RandomOperation _operation = null!;
    private int _selectionsLeft;
    private int _variables;

    public RandomOperation Next()
    {
        var isMutation = random.Next(5) == 0;
        var root = schema.RootType(isMutation ? OperationType.Mutation : OperationType.Query)!;
        _selectionsLeft = 50;
        _variables = 0;
        var fragments = Enumerable.Range(0, random.Next(3)).Select(i => (Name: $"F{i}_", Type: Composite())).ToList();
        var rootSet = new RandomSelection("") { Children = [] };
        _operation = new RandomOperation { Kind = isMutation ? "mutation" : "query", Root = rootSet };
        for (var i = 0; i < fragments.Count; i++)
        {
            // A fragment spreads only those before it: there are no cycles.
            var set = new RandomSelection("") { Children = [] };
            Fill(set, fragments[i].Type, depth: 2);
            _operation.Fragments.Add(fragments[i].Name, (fragments[i].Type.Name, set));
        }

        Fill(rootSet, root, depth: 0);
        return _operation;
    }

    private CompositeType Composite()
    {
        var types = schema.Types.OfType<CompositeType>().Where(type => !type.IsBuiltIn && type.Name is not "Mutation").ToList();
        return types[random.Next(types.Count)];
    }

    private void Fill(RandomSelection set, CompositeType type, int depth)
    {
        for (var count = (depth == 0 ? 3 : 1) + random.Next(4); count > 0 && _selectionsLeft > 0; count--)
        {
            _selectionsLeft--;
            set.Children!.Add(Selection(type, depth));
        }

        if (set.Children!.Count == 0)
        {
            set.Children.Add(new RandomSelection("__typename"));
        }
    }

    private RandomSelection Selection(CompositeType type, int depth)
    {
        var chance = random.Next(20);
        if (chance == 0)
        {
            return new RandomSelection($"{Alias()}__typename{Conditions()}");
        }

        if (chance < 3 && Overlapping(_operation.Fragments.Where(entry => schema.FindType(entry.Value.Type) is CompositeType other && Overlaps(type, other)).ToList()) is { Key: { } name })
        {
            return new RandomSelection($"... {name}{Conditions()}");
        }

        if (chance < 7 || type is UnionType)
        {
            var targets = schema.Types.OfType<CompositeType>().Where(other => !other.IsBuiltIn && Overlaps(type, other)).ToList();
            var target = targets[random.Next(targets.Count)];
            var isBare = random.Next(6) == 0 && type is not UnionType;
            var fragment = new RandomSelection($"...{(isBare ? "" : $" on {target.Name}")}{Conditions()}") { Children = [] };
            Fill(fragment, isBare ? type : target, Math.Min(depth + 1, MaxDepth));
            return fragment;
        }

        var fields = ((ComplexType)type).Fields.Where(field => depth < MaxDepth || field.Type.Named.IsLeafType).ToList();
        return fields.Count == 0 ? new RandomSelection("__typename") : Field(fields[random.Next(fields.Count)], depth);
    }

    private T? Overlapping<T>(List<T> candidates) => candidates.Count == 0 ? default : candidates[random.Next(candidates.Count)];

    private bool Overlaps(CompositeType one, CompositeType other) =>
        schema.ObjectTypes.Any(type => (type == one || one.PossibleTypes.Contains(type)) && (type == other || other.PossibleTypes.Contains(type)));

    private RandomSelection Field(FieldDefinition field, int depth)
    {
        var arguments = field.Arguments
            .Where(argument => argument.IsRequired || random.Next(2) == 0)
            .Select(argument => $"{argument.Name}: {Value(argument.Type, argument.DefaultValue is not null, depth: 0)}")
            .ToList();
        // Two fields with one response key must have the same arguments: mostly an alias of its own keeps them apart.
        var alias = arguments.Count > 0 && random.Next(4) > 0 ? $"x{random.Next(1000)}: " : Alias();
        var head = $"{alias}{field.Name}{(arguments.Count > 0 ? $"({string.Join(", ", arguments)})" : "")}{Conditions()}";
        if (field.Type.Named is not CompositeType composite)
        {
            return new RandomSelection(head);
        }

        var selection = new RandomSelection(head) { Children = [] };
        Fill(selection, composite, depth + 1);
        return selection;
    }

    private string Alias() => random.Next(12) == 0 ? $"{(char)('a' + random.Next(3))}: " : "";

    private string Conditions() => random.Next(14) switch
    {
        0 => $" @skip(if: {Condition()})",
        1 => $" @include(if: {Condition()})",
        2 when random.Next(3) == 0 => $" @skip(if: {Condition()}) @include(if: {Condition()})",
        _ => "",
    };

    private string Condition()
    {
        var value = random.Next(2) == 0 ? "true" : "false";
        return random.Next(6) switch
        {
            0 => value,
            // A variable with a default is allowed here, and may be null in spite of it.
            1 => Variable($"Boolean = {value}", random.Next(4) switch { 0 => "null", 1 => "true", _ => null }),
            _ => Variable("Boolean!", value),
        };
    }

    private string Variable(string definition, string? json)
    {
        var name = $"v{_variables++}_";
        _operation.Variables.Add(name, (definition, json));
        return $"${name}";
    }

    private string Value(GraphQLType type, bool hasDefault, int depth)
    {
        if (random.Next(depth == 0 ? 2 : 6) > 0 || depth > 3)
        {
            return Literal(type, depth);
        }

        var definition = type.ToString()!;
        string? defaultValue = null;
        if (!type.IsNonNull && random.Next(4) == 0)
        {
            definition += "!";
        }
        else if (type.IsNonNull && random.Next(3) == 0)
        {
            // Allowed where the place or the variable has a default.
            definition = type.Nullable.ToString()!;
            defaultValue = hasDefault ? null : Constant(type.Nullable);
        }
        else if (random.Next(4) == 0)
        {
            defaultValue = Constant(type);
        }

        var isNullable = !definition.EndsWith('!');
        var json = random.Next(100) switch
        {
            < 3 => Wrong(),
            < 5 => null,
            < 20 when isNullable || defaultValue is not null => null,
            < 30 when isNullable => "null",
            // Where the default lets a nullable variable stand for a non-null place, null is found out only when the operation runs.
            < 70 when isNullable && type.IsNonNull => "null",
            _ => Json(type.Nullable, depth: 0),
        };
        return Variable(defaultValue is null ? definition : $"{definition} = {defaultValue}", json);
    }

    private string Constant(GraphQLType type)
    {
        var before = _operation.Variables.Keys.ToHashSet();
        string literal;
        do
        {
            // A default has no variables: those that came in are taken out again.
            foreach (var name in _operation.Variables.Keys.Except(before).ToList())
            {
                _operation.Variables.Remove(name);
            }

            literal = Literal(type, depth: 2);
        }
        while (_operation.Variables.Count > before.Count);
        return literal;
    }

    private string Literal(GraphQLType type, int depth)
    {
        if (!type.IsNonNull && random.Next(10) == 0)
        {
            return "null";
        }

        return type.Nullable switch
        {
            ListType list when random.Next(4) == 0 => Literal(list.OfType, depth + 1) is var item && item != "null" ? item : "[null]",
            ListType list => $"[{string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Value(list.OfType, false, depth + 1)))}]",
            InputObjectType { IsOneOf: true } choice when Given(choice, depth)[0] is var field => $"{{ {field.Name}: {Literal(new NonNullType(field.Type), depth + 1)} }}",
            InputObjectType input => $"{{ {string.Join(", ", Given(input, depth).Select(field => $"{field.Name}: {Value(field.Type, field.DefaultValue is not null, depth + 1)}"))} }}",
            EnumType @enum => @enum.Values[random.Next(@enum.Values.Length)].Name,
            var leaf => Scalar(leaf.Named.Name, isLiteral: true),
        };
    }

    private string Json(GraphQLType type, int depth)
    {
        if (!type.IsNonNull && depth > 0 && random.Next(10) == 0)
        {
            return "null";
        }

        return type.Nullable switch
        {
            ListType list when random.Next(4) == 0 => Json(list.OfType, depth + 1),
            ListType list => $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(60) == 0 ? Wrong() : Json(list.OfType, depth + 1)))}]",
            InputObjectType input => $"{{{string.Join(',', Given(input, depth).Take(input.IsOneOf && random.Next(20) > 0 ? 1 : 9).Select(field => $"\"{field.Name}\":{Json(field.Type, depth + 1)}"))}}}",
            EnumType @enum => $"\"{@enum.Values[random.Next(@enum.Values.Length)].Name}\"",
            var leaf => Scalar(leaf.Named.Name, isLiteral: false),
        };
    }

    private List<InputValueDefinition> Given(InputObjectType input, int depth)
    {
        var fields = input.Fields.Where(field => field.IsRequired || (random.Next(2) == 0 && (depth < 3 || field.Type.Named.IsLeafType))).OrderBy(_ => random.Next()).ToList();
        return fields.Count > 0 || !input.IsOneOf ? fields : [input.Fields[random.Next(2)]];
    }

    private string Scalar(string name, bool isLiteral) => name switch
    {
        "Int" => $"{random.Next(-100, 100)}",
        "Float" => random.Next(2) == 0 ? $"{random.Next(-100, 100)}" : $"{random.Next(-100, 100)}.25",
        "String" => (string[])["\"\"", "\"word\"", "\"é \\\" \\u00e9 \\n\"", "\"A\""] is var texts ? texts[random.Next(4)] : "",
        "Boolean" => random.Next(2) == 0 ? "true" : "false",
        "ID" => random.Next(2) == 0 ? "\"id\"" : $"{random.Next(100)}",
        "Even" => random.Next(25) == 0 ? "3" : $"{random.Next(50) * 2}",
        _ when isLiteral => "{ a: [1, \"x\", { b: 2.5 }] }",
        _ => """{"a":[1,"x",{"b":2.5}],"c":null}""",
    };

    private string Wrong() =>
        (string[])["\"zzz\"", "1.5", "true", "[null]", "{\"nope\":1}", "3000000000", "\"RED\"", "[[1],[[2]]]", "{\"number\":null,\"text\":\"x\"}"] is var all ? all[random.Next(all.Length)] : "";
}
