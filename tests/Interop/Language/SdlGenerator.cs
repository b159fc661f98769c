using GraphGateway.TypeSystem;

namespace GraphGateway.Interop.Language;

/// <summary>
/// Writes documents of definitions: types of every kind with their extensions, directives and descriptions. Where the dice err, what is
/// written breaks a rule of SDL or of the type system; otherwise it is a valid schema.
/// </summary>
internal sealed class SdlGenerator(Dice dice)
{
    private static readonly string[] Scalars = ["Int", "Float", "String", "Boolean", "ID"];
    private readonly List<string> definitions = [];
    private readonly List<string> objects = [];
    private readonly List<string> interfaces = [];
    private readonly List<string> unions = [];
    private readonly List<string> enums = [];
    private readonly List<string> inputs = [];
    private readonly List<string> scalars = [];
    private readonly Dictionary<string, List<SdlField>> fieldsByInterface = [];
    private readonly Dictionary<string, List<string>> parentsByInterface = [];
    private readonly List<(string Name, string Locations, bool IsRepeatable)> directives = [];

    /// <summary>A document's text.</summary>
    public static string Generate(Dice dice) => new SdlGenerator(dice).Document();

    private string Document()
    {
        Name();
        Directives();
        scalars.ForEach(name => Add("scalar", name, Applied("SCALAR", dice.Chance(0.3) ? " @specifiedBy(url: \"https://a.example\")" : "")));
        enums.ForEach(name => Add("enum", name, Applied("ENUM"), EnumValues()));
        interfaces.ForEach(Interface);
        objects.ForEach(Object);
        unions.ForEach(name => Add("union", name, Applied("UNION"), dice.Errs(2) ? "" : " = " + Members()));
        inputs.ForEach(Input);
        Roots();
        Extensions();
        if (dice.Errs(0.5))
        {
            definitions.Add(dice.Pick(definitions));
        }

        return string.Join(dice.Chance(0.8) ? "\n" : "\n\n# next\n", definitions.OrderBy(_ => dice.Next(1000)));
    }

    private void Name()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        Fill(objects, "Obj", 1, 4);
        Fill(interfaces, "Face", 0, 3);
        Fill(unions, "Uni", 0, 2);
        Fill(enums, "Enu", 0, 2);
        Fill(inputs, "Inp", 0, 4);
        Fill(scalars, "Sca", 0, 2);

        void Fill(List<string> names, string prefix, int low, int high)
        {
            var count = dice.Between(low, high);
            for (var i = 0; i < count; i++)
            {
                var name = dice.Errs(0.5) ? $"__{prefix}{i}" : dice.Errs(0.4) ? dice.Pick(["String", "Int", "__Type", "Float"]) : $"{prefix}{i}";
                if (known.Add(name) || dice.Errs(5))
                {
                    names.Add(name);
                }
            }
        }
    }

    private void Directives()
    {
        string[] locations =
        [
            "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE",
            "INPUT_OBJECT", "INPUT_FIELD_DEFINITION", "FIELD | SCALAR", "QUERY | OBJECT | FIELD_DEFINITION",
        ];
        var count = dice.Between(0, 3);
        for (var i = 0; i < count; i++)
        {
            var name = dice.Errs() ? dice.Pick(["d0", "__d", "skip", "deprecated"]) : $"d{i}";
            var on = dice.Pick(locations);
            var isRepeatable = dice.Chance(0.3);
            definitions.Add($"{Description()}directive @{name}{Arguments(1)}{(isRepeatable ? " repeatable" : "")} on {on}");
            directives.Add((name, on, isRepeatable));
        }
    }

    private void Interface(string name)
    {
        var parents = new List<string>();
        if (fieldsByInterface.Count > 0 && dice.Chance(0.5))
        {
            var parent = dice.Pick(fieldsByInterface.Keys.ToList());
            parents.Add(parent);
            parents.AddRange(parentsByInterface[parent]);
        }

        var fields = Inherit(parents);
        parentsByInterface[name] = parents;
        fieldsByInterface[name] = fields;
        Add("interface", name, Implements(parents, name) + Applied("INTERFACE"), Block(fields.Select(static field => field.Text)));
    }

    private void Object(string name)
    {
        var parents = new List<string>();
        if (fieldsByInterface.Count > 0 && dice.Chance(0.6))
        {
            var parent = dice.Pick(fieldsByInterface.Keys.ToList());
            parents.Add(parent);
            parents.AddRange(parentsByInterface[parent]);
        }

        Add("type", name, Implements(parents, name) + Applied("OBJECT"), Block(Inherit(parents).Select(static field => field.Text)));
    }

    private string Implements(List<string> parents, string self)
    {
        var written = parents.Distinct().Where(_ => !dice.Errs(2)).ToList();
        if (dice.Errs())
        {
            written.Add(dice.Pick([self, AnyType(), .. interfaces, .. written]));
        }

        return written.Count == 0 ? "" : $" implements {(dice.Chance(0.1) ? "& " : "")}{string.Join(" & ", written)}";
    }

    private List<SdlField> Inherit(List<string> parents)
    {
        var fields = new List<SdlField>();
        foreach (var inherited in parents.SelectMany(parent => fieldsByInterface[parent]).DistinctBy(static field => field.Name))
        {
            if (!dice.Errs(2))
            {
                fields.Add(dice.Errs(2) ? Field(inherited.Name) : dice.Errs(2) ? inherited.With(Arguments(0.9)) : inherited.Covariant(dice));
            }
        }

        var own = dice.Errs() ? 0 : dice.Between(1, 3);
        for (var i = 0; i < own; i++)
        {
            var name = dice.Errs() ? dice.Pick(["f0", "__f"]) : $"f{fields.Count + dice.Next(2)}x{dice.Next(100)}";
            fields.Add(Field(name));
        }

        return fields;
    }

    private SdlField Field(string name)
    {
        var directives = Applied("FIELD_DEFINITION", dice.Chance(0.1) ? " @deprecated" : dice.Chance(0.05) ? " @deprecated(reason: \"no\")" : "");
        return new SdlField(Description() + name, name, Arguments(0.3), Wrap(dice.Errs() ? AnyType() : OutputType()), directives);
    }

    private string Arguments(double probability)
    {
        if (!dice.Chance(probability * 0.8))
        {
            return "";
        }

        var count = dice.Between(1, 3);
        var arguments = Enumerable.Range(0, count).Select(i => InputValue(dice.Errs() ? dice.Pick(["a0", "__a"]) : $"a{i}", "ARGUMENT_DEFINITION"));
        return $"({string.Join(dice.Chance(0.8) ? ", " : "\n", arguments)})";
    }

    private string InputValue(string name, string location, bool isOneOf = false)
    {
        var named = dice.Errs() ? AnyType() : InputType();
        var type = isOneOf && !dice.Errs(2) ? named : Wrap(named);
        var hasDefault = (!isOneOf || dice.Errs(3)) && dice.Chance(0.3) && (Scalars.Contains(named) || scalars.Contains(named));
        var value = hasDefault ? $" = {Default(type, named)}" : "";
        var mayBeDeprecated = !type.EndsWith('!') || hasDefault || dice.Errs(3);
        return $"{Description()}{name}: {type}{value}{Applied(location, mayBeDeprecated && dice.Chance(0.15) ? " @deprecated" : "")}";
    }

    private string Default(string type, string named)
    {
        if (dice.Errs(0.5))
        {
            return Literals.Any(dice);
        }

        var value = named switch
        {
            "Int" => dice.Pick(["0", "-0", "-1", "2147483647"]),
            "Float" => dice.Pick(["1", "1.50", "1e3", "-0.0", "1e21", "0.1e-7"]),
            "Boolean" => "true",
            "ID" => dice.Pick(["\"a\"", "\"7\"", "7"]),
            "String" => dice.Pick(["\"text\"", "\"\"", "\"\"\"block\n  \"quoted\" \"\"\"", "\"é \\u0007 \\\\ \\\"\""]),
            _ => Literals.Any(dice),
        };
        return type.StartsWith('[') && dice.Chance(0.7) ? $"[{value}, {value}]" : value;
    }

    private void Input(string name)
    {
        var isOneOf = dice.Chance(0.2);
        var count = dice.Errs(0.5) ? 0 : dice.Between(1, 3);
        var fields = Enumerable.Range(0, count)
            .Select(i => InputValue(dice.Errs() ? dice.Pick(["i0", "__i"]) : $"i{i}", "INPUT_FIELD_DEFINITION", isOneOf)).ToList();
        Add("input", name, Applied("INPUT_OBJECT", isOneOf ? " @oneOf" : ""), Block(fields));
    }

    private string EnumValues()
    {
        var count = dice.Errs(2) ? 0 : dice.Between(1, 3);
        return Block(Enumerable.Range(0, count).Select(i =>
            $"{Description()}{(dice.Errs() ? dice.Pick(["V0", "__V"]) : $"V{i}")}{Applied("ENUM_VALUE", dice.Chance(0.2) ? " @deprecated(reason: \"old\")" : "")}"));
    }

    private string Members()
    {
        var members = objects.Where(_ => dice.Chance(0.5)).DefaultIfEmpty(objects[0]).Distinct().ToList();
        if (dice.Errs(2))
        {
            members.Add(dice.Pick([AnyType(), members[0]]));
        }

        return (dice.Chance(0.1) ? "| " : "") + string.Join(" | ", members);
    }

    private void Roots()
    {
        var roots = new List<string> { $"query: {(dice.Errs() ? AnyType() : objects[0])}" };
        if (objects.Count > 1 && dice.Chance(0.5))
        {
            roots.Add($"mutation: {(dice.Errs(2) ? AnyType() : dice.Errs(3) ? objects[0] : objects[1])}");
        }

        if (objects.Count > 2 && dice.Chance(0.5))
        {
            roots.Add($"subscription: {(dice.Errs(2) ? AnyType() : objects[2])}");
        }

        if (dice.Errs())
        {
            roots.Add(dice.Pick(roots));
        }

        if (dice.Chance(0.7))
        {
            var written = dice.Errs() ? roots.Skip(1).DefaultIfEmpty("mutation: " + objects[0]) : roots;
            definitions.Add($"{Description()}schema{Applied("SCHEMA")} {{ {string.Join(" ", written)} }}");
        }
        else if (!dice.Errs())
        {
            definitions.Add("type Query { q: Int }");
        }

        if (dice.Errs())
        {
            definitions.Add(dice.Pick(["schema { query: Obj0 }", "extend schema { mutation: Obj0 }", "extend schema @d0", "extend schema { query: Obj0 }"]));
        }

        if (dice.Errs(0.5))
        {
            definitions.Add("{ f }");
        }
    }

    private void Extensions()
    {
        var count = dice.Between(0, 2);
        for (var i = 0; i < count; i++)
        {
            var kind = dice.Next(6);
            var names = dice.Errs() ? (List<string>)[AnyType()] : kind switch { 0 => objects, 1 => interfaces, 2 => unions, 3 => enums, 4 => inputs, _ => scalars };
            if (names.Count == 0)
            {
                continue;
            }

            var name = dice.Pick(names);
            var field = dice.Errs(2) ? "f0" : $"e{i}";
            definitions.Add(kind switch
            {
                0 => $"extend type {name}{Applied("OBJECT")} {{ {Field(field).Text} }}",
                1 when dice.Errs(5) => $"extend interface {name} {{ {Field(field).Text} }}",
                2 when dice.Errs(5) => $"extend union {name} = {dice.Pick(objects)}",
                3 => $"extend enum {name} {{ {(dice.Errs(2) ? "V0" : $"E{i}")} }}",
                4 => $"extend input {name}{(dice.Errs(2) ? " @oneOf" : "")} {{ {(dice.Errs(2) ? "i0" : field)}: Int }}",
                _ => $"extend scalar {name} @specifiedBy(url: \"https://b.example\")",
            });
        }
    }

    private void Add(string keyword, string name, string head, string body = "") => definitions.Add($"{Description()}{keyword} {name}{head}{body}");

    private string Applied(string location, string always = "")
    {
        var text = always;
        foreach (var (name, on, _) in directives.Where(directive => directive.Locations.Contains(location, StringComparison.Ordinal) && dice.Chance(0.2)))
        {
            text += $" @{name}{(dice.Errs(3) ? $"(a0: {Literals.Any(dice)}, a0: 1)" : dice.Errs(3) ? "(a9: 1)" : "(a0: 1)")}";
        }

        if (dice.Errs(0.4))
        {
            text += dice.Pick([" @unknown", " @d0", " @d1(a0: { b: 1, b: 2 })", " @deprecated(reson: 1)", " @specifiedBy", " @oneOf", " @include(if: true)", always]);
        }

        return text;
    }

    private string Description() => dice.Chance(0.08) ? dice.Pick([Literals.Text(dice) + " ", "\"\"\"\n  Tells\n    more\n\"\"\"\n"]) : "";

    private string Wrap(string type) => dice.Next(6) switch
    {
        0 => type + "!",
        1 => $"[{type}]",
        2 => $"[{type}!]!",
        _ => type,
    };

    private string OutputType() => dice.Pick([.. Scalars, .. objects, .. interfaces, .. unions, .. enums, .. scalars]);

    private string InputType() => dice.Pick([.. Scalars, .. enums, .. inputs, .. scalars]);

    private string AnyType() => dice.Pick(
        [.. Scalars, .. objects, .. interfaces, .. unions, .. enums, .. inputs, .. scalars, "Missing", dice.Mistype(objects[0]), "__Type"]);

    private static string Block(IEnumerable<string> lines)
    {
        var body = string.Join("\n  ", lines);
        return body.Length == 0 ? "" : $" {{\n  {body}\n}}";
    }
}

/// <summary>A field as it is written, so that an implementation can repeat it.</summary>
internal sealed record SdlField(string Head, string Name, string Arguments, string Type, string Directives)
{
    public string Text => $"{Head}{Arguments}: {Type}{Directives}";

    public SdlField With(string arguments) => this with { Arguments = arguments };

    /// <summary>The same, or of a narrower type.</summary>
    public SdlField Covariant(Dice dice) => Type.EndsWith('!') || dice.Chance(0.6) ? this : this with { Type = Type + "!" };
}
