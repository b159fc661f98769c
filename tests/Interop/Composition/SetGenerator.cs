using System.Collections.Immutable;

namespace GraphGateway.Interop.Composition;

/// <summary>
/// Makes sets of sources that compose, mostly: entities with keys that several sources share, fields that one owns or all share, what is
/// required, provided, overridden and hidden, and the types in between. What does not compose is as good a question.
/// </summary>
internal sealed class SetGenerator(Random random)
{
    private static readonly string[] Scalars = ["Int", "String", "ID", "Float", "Boolean", "Int!", "[Int!]", "String!"];

    private readonly Dictionary<string, List<GeneratedType>> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?> versions = new(StringComparer.Ordinal);
    private int counter;

    internal GeneratedSet Make()
    {
        var names = Enumerable.Range(0, random.Next(2, 5)).Select(index => $"s{index}").ToArray();
        var style = random.Next(10);
        foreach (var name in names)
        {
            versions[name] = style == 0 || style < 3 && Chance(50) ? null : random.Next(13);
            types[name] = [];
        }

        AddEnumsAndInputs(names);
        var entities = Enumerable.Range(0, random.Next(1, 4)).Select(index => $"E{index}").ToArray();
        foreach (var entity in entities)
        {
            AddEntity(entity, names);
        }

        if (Chance(50))
        {
            AddValueType("V", names);
        }

        if (Chance(35))
        {
            AddInterface("I", names);
        }

        AddRoots(names, entities);
        return new GeneratedSet([.. names.Select(name => new GeneratedSource(name, versions[name], [.. types[name]], Style()))]);
    }

    private SourceStyle Style() => Chance(80) ? SourceStyle.Imported : Pick([SourceStyle.Prefixed, SourceStyle.Renamed, SourceStyle.OtherRoot]);

    private bool IsV1(string source) => versions[source] is null;

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private string NextName(string prefix) => $"{prefix}{counter++}";

    private ImmutableArray<string> Shareable(string source, bool isShared) => isShared && !IsV1(source) ? ["@shareable"] : [];

    private static GeneratedMember Field(string name, string type, params ImmutableArray<string> directives) => new(name, [], type, directives);

    private void AddEntity(string name, string[] sources)
    {
        var homes = sources.Where((_, index) => index == 0 || Chance(70)).ToArray();
        var key = Chance(15) ? "id o { id }" : Chance(15) ? "id sku" : "id";
        var owner = homes[0];
        var fields = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Name: NextName("f"), Type: Pick(Scalars))).ToArray();
        foreach (var source in homes)
        {
            var isExtension = source != owner && (IsV1(source) || Chance(15));
            var external = isExtension && (IsV1(source) || Chance(50)) ? ImmutableArray.Create("@external") : [];
            var members = new List<GeneratedMember> { Field("id", "ID!", external) };
            if (key.Contains("sku", StringComparison.Ordinal))
            {
                members.Add(Field("sku", "String!", external));
            }

            if (key.Contains("o {", StringComparison.Ordinal))
            {
                members.Add(Field("o", "O", external));
                AddKeyObject(source);
            }

            var own = source == owner ? fields : [(NextName("g"), Pick(Scalars))];
            members.AddRange(own.Select(field => WithExtras(source, field.Item1, field.Item2)));
            if (source != owner)
            {
                AddRelations(name, source, owner, fields, members);
            }

            var onType = ImmutableArray<string>.Empty;
            if (versions[source] >= 8 && Chance(12))
            {
                AddContext(name, source, members);
                onType = [$"@context(name: \"{(Chance(10) ? "other" : "ctx")}\")"];
            }

            onType = versions[source] >= 1 && Chance(6) ? onType.Add($"@care(level: {random.Next(3)})") : onType;

            var keyDirective = Chance(5) && source != owner ? $"@key(fields: \"{key}\", resolvable: false)" : $"@key(fields: \"{key}\")";
            types[source].Add(new GeneratedType(
                isExtension ? "extend type" : "type", name, [], IsV1(source) ? [$"@key(fields: \"{key}\")"] : [keyDirective, .. onType], [.. members]));
        }
    }

    // A value further up gives an argument of an object below.
    private void AddContext(string entity, string source, List<GeneratedMember> members)
    {
        var prop = NextName("p");
        members.Add(Field(prop, Pick(["String", "String", "String", "String!", "Int"])));
        members.Add(Field(NextName("c"), "C"));
        var use = Pick([$"$ctx {{ {prop} }}", $"$ctx {{ {prop} }}", $"$ctx {prop}", $"$ctx ... on {entity} {{ {prop} }}", "$ctx { nope }"]);
        if (!types[source].Exists(type => type.Name == "C"))
        {
            types[source].Add(new GeneratedType(
                "type", "C", [], ["@key(fields: \"id\")"],
                [Field("id", "ID!"), new GeneratedMember(NextName("h"), [$"a: String @fromContext(field: \"{use}\")", "b: Int"], "Int", [])]));
        }
    }

    private void AddKeyObject(string source)
    {
        if (!types[source].Exists(type => type.Name == "O"))
        {
            types[source].Add(new GeneratedType("type", "O", [], Shareable(source, true), [Field("id", "ID!"), Field("extra", "Int")]));
        }
    }

    private GeneratedMember WithExtras(string source, string name, string type)
    {
        var directives = ImmutableArray<string>.Empty;
        directives = Chance(8) ? directives.Add("@deprecated(reason: \"old\")") : directives;
        directives = Chance(8) ? directives.Add($"@tag(name: \"t{random.Next(2)}\")") : directives;
        directives = Chance(5) && !IsV1(source) ? directives.Add("@inaccessible") : directives;
        directives = Chance(5) && versions[source] >= 5 ? directives.Add(Pick(["@authenticated", "@requiresScopes(scopes: [[\"a\"]])"])) : directives;
        directives = Chance(4) && versions[source] >= 9 ? directives.Add($"@cost(weight: {random.Next(5)})") : directives;
        ImmutableArray<string> arguments = Chance(12)
            ? [Pick(["x: Int", "x: Int = 1", "x: String!", "e: Choice", "i: Input", "x: [Int!]"])]
            : [];
        return new GeneratedMember(name, arguments, type, directives);
    }

    // What a source says of a field that another one owns.
    private void AddRelations(string entity, string source, string owner, (string Name, string Type)[] fields, List<GeneratedMember> members)
    {
        var (name, type) = Pick(fields);
        var owned = types[owner].First(it => it.Name == entity).Members.First(it => it.Name == name);
        switch (random.Next(8))
        {
            case 0 or 1:
                members.Add(new GeneratedMember(name, owned.Arguments, type, ["@external"]));
                members.Add(Field(NextName("r"), "Int", $"@requires(fields: \"{name}\")"));
                break;
            case 2:
                members.Add(new GeneratedMember(name, owned.Arguments, type, Shareable(source, true)));
                MakeShareable(owner, entity, name);
                break;
            case 3 when !IsV1(source):
                var label = versions[source] >= 7 && Chance(50) ? ", label: \"percent(10)\"" : "";
                members.Add(new GeneratedMember(name, owned.Arguments, type, [$"@override(from: \"{owner}\"{label})"]));
                break;
            case 4:
                members.Add(new GeneratedMember(name, owned.Arguments, type, ["@external"]));
                MakeShareable(owner, entity, name);
                provisions.Add((source, entity, name));
                break;
        }
    }

    private readonly List<(string Source, string Entity, string Field)> provisions = [];

    private void MakeShareable(string source, string typeName, string field)
    {
        if (!IsV1(source))
        {
            var list = types[source];
            var index = list.FindIndex(type => type.Name == typeName);
            list[index] = list[index] with
            {
                Members = [.. list[index].Members.Select(it => it.Name == field ? it with { Directives = it.Directives.Add("@shareable") } : it)],
            };
        }
    }

    private void AddEnumsAndInputs(string[] sources)
    {
        foreach (var source in sources)
        {
            var values = ImmutableArray.Create(new GeneratedMember("A", [], "", []), new GeneratedMember("B", [], "", []));
            values = Chance(15) ? values.Add(new GeneratedMember("C", [], "", versions[source] is not null && Chance(40) ? ["@inaccessible"] : [])) : values;
            types[source].Add(new GeneratedType("enum", "Choice", [], [], values));
            var fields = ImmutableArray.Create(new GeneratedMember("a", [], Chance(20) ? "Int = 1" : "Int", []), new GeneratedMember("b", [], "Choice", []));
            fields = Chance(15) ? fields.Add(new GeneratedMember("c", [], Pick(["Int", "Int!", "Int! = 3"]), [])) : fields;
            types[source].Add(new GeneratedType("input", "Input", [], [], fields));
        }
    }

    private void AddValueType(string name, string[] sources)
    {
        var fields = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Field(NextName("v"), Pick(Scalars))).ToArray();
        foreach (var source in sources.Where(_ => Chance(70)))
        {
            types[source].Add(new GeneratedType(
                "type", name, [], Shareable(source, true), [.. fields.Where((_, index) => index == 0 || Chance(95))]));
        }
    }

    private void AddInterface(string name, string[] sources)
    {
        var isEntity = Chance(40);
        foreach (var source in sources.Where(_ => Chance(60)))
        {
            var hasKey = isEntity && versions[source] >= 3;
            if (hasKey && Chance(40) && types.Values.Any(list => list.Exists(type => type is { Name: "I", Keyword: "interface" })))
            {
                types[source].Add(new GeneratedType(
                    "type", name, [], ["@key(fields: \"id\")", "@interfaceObject"], [Field("id", "ID!"), Field(NextName("n"), "Int")]));
                continue;
            }

            types[source].Add(new GeneratedType("interface", name, [], hasKey ? ["@key(fields: \"id\")"] : [], [Field("id", "ID!")]));
            foreach (var object1 in new[] { "X", "Y" })
            {
                types[source].Add(new GeneratedType(
                    "type", object1, [name], hasKey ? ["@key(fields: \"id\")"] : Shareable(source, true), [Field("id", "ID!"), Field(NextName("x"), "Int", Shareable(source, !hasKey))]));
            }
        }

        if (Chance(40) && sources.FirstOrDefault(source => types[source].Exists(type => type.Name == "X")) is { } home)
        {
            types[home].Add(new GeneratedType("union", "U", [], [], [new GeneratedMember("X", [], "", []), new GeneratedMember("Y", [], "", [])]));
        }
    }

    private void AddRoots(string[] sources, string[] entities)
    {
        foreach (var source in sources)
        {
            var members = new List<GeneratedMember>();
            foreach (var entity in entities.Where(entity => types[source].Exists(type => type.Name == entity)).Where((_, index) => index == 0 || Chance(60)))
            {
                var provided = provisions.Where(it => it.Source == source && it.Entity == entity).Select(it => it.Field).Distinct().ToArray();
                members.Add(Field(
                    NextName("q"), Pick([entity, $"[{entity}!]", entity + "!"]),
                    [
                        .. provided.Length > 0 ? [$"@provides(fields: \"{string.Join(' ', provided)}\")"] : Array.Empty<string>(),
                        .. versions[source] >= 12 && Chance(15) ? ["@cacheTag(format: \"q\")"] : Array.Empty<string>(),
                    ]));
            }

            foreach (var other in new[] { "V", "I", "U" }.Where(name => types[source].Exists(type => type.Name == name)))
            {
                members.Add(Field(NextName("q"), other));
            }

            if (Chance(20))
            {
                members.Add(new GeneratedMember("shared", Chance(30) ? ["e: Choice"] : [], "Int", Shareable(source, true)));
            }

            if (Chance(25))
            {
                members.Add(new GeneratedMember(NextName("q"), [Pick(["e: Choice", "i: Input", "e: Choice = A", "i: Input = {a: 2}"])], Pick(["Int", "Choice"]), []));
            }

            if (members.Count > 0 || Chance(50))
            {
                types[source].Insert(0, new GeneratedType(
                    Chance(10) ? "extend type" : "type", "Query", [], [], members.Count > 0 ? [.. members] : [Field(NextName("q"), "Int")]));
            }

            if (Chance(12))
            {
                types[source].Add(new GeneratedType("type", "Mutation", [], [], [Field(NextName("m"), Pick(["Int", entities[0]]))]));
                if (!types[source].Exists(type => type.Name == entities[0]))
                {
                    types[source].Add(new GeneratedType("type", entities[0], [], [IsV1(source) ? "@key(fields: \"id\")" : "@key(fields: \"id\", resolvable: false)"], [Field("id", "ID!")]));
                }
            }
        }
    }
}
