using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition.Tests.RoundTrip;

/// <summary>Source schemas of both dialects that compose, with everything in them that a supergraph can keep; all from a seed.</summary>
internal sealed class RandomSources(int seed)
{
    private static readonly string[] Texts =
    [
        "Plain.", "With \"quotes\" and \\ backslash", "Two\nlines", "  indented\n    more\n", "Ünïcödé 🌹", "\"\"\"", "# no comment", "ends with \"",
        "\n", "\nblank first", "other\r\nline ends\rhere", "a bell \a\nand more", "first\n  others indented", "  \nonly blanks first",
    ];

    private readonly Random random = new(seed);
    private readonly List<StringBuilder> texts = [];
    private readonly List<bool> isApollo = [];

    internal ImmutableArray<SourceInput> Generate()
    {
        var count = random.Next(2, 5);
        for (var i = 0; i < count; i++)
        {
            isApollo.Add(Chance(50));
            texts.Add(new StringBuilder(isApollo[i]
                ? "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@key\", \"@shareable\", \"@external\", \"@requires\", \"@provides\", \"@override\", \"@tag\", \"@inaccessible\", \"@interfaceObject\", \"@cost\", \"@listSize\"])\n"
                : ""));
        }

        var queries = texts.Select(_ => new List<string>()).ToArray();
        for (var entity = 0; entity < 3; entity++)
        {
            AddEntity($"E{entity}", queries);
        }

        AddShared(queries);
        AddApolloPair(queries);
        for (var i = 0; i < count; i++)
        {
            AddOwn(i, queries[i]);
            texts[i].Append($"{Description("")}type Query {{\n{string.Concat(queries[i])}}}\n");
        }

        return [.. texts.Select((text, i) => Input(i, text.ToString()))];
    }

    private SourceInput Input(int i, string text) => new()
    {
        Name = NameOf(i),
        Documents = [new SourceText(text, $"s{i}.graphqls")],
        Settings = new SourceSettings
        {
            Dialect = isApollo[i] ? SourceDialect.Apollo : SourceDialect.Composite,
            Url = Chance(70) ? new Uri($"https://s{i}.example.org:8443/graphql?a=b") : null,
            Batching = Chance(50) ? (SourceBatching)random.Next(0, 8) : null,
            SupportsSubscriptions = Chance(20) ? true : null,
        },
    };

    // An entity is in all sources, each of which has a field of its own; some need a field of another source.
    private void AddEntity(string name, List<string>[] queries)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            var other = (i + 1) % texts.Count;
            var requirement = Chance(40) && texts.Count > 2 ? $"{name.ToLowerInvariant()}s{other}" : null;
            var body = new StringBuilder($"  id: ID!{(isApollo[i] ? " @shareable" : "")}\n");
            body.Append($"{Description("  ")}  {name.ToLowerInvariant()}s{i}: String{Marks(i, "FIELD")}\n");
            body.Append($"  list{i}(first: Int = 10, {Description("").Trim()} filter: Shared = {{text: {Quoted()}, number: 1}}): [{name}!]{ListSize(i)}\n");
            if (requirement is not null && isApollo[i])
            {
                body.Append($"  {requirement}: String @external\n  needs{i}: Int @requires(fields: \"{requirement}\")\n");
            }
            else if (requirement is not null)
            {
                body.Append($"  needs{i}(by: Int, a: String @require(field: \"{requirement}\"), b: [String] @require(field: \"list{other}[{requirement}]\")): Int{Marks(i, "FIELD")}\n");
            }

            texts[i].Append($"{Description("")}type {name} {(isApollo[i] || Chance(50) ? "@key(fields: \"id\") " : "")}{Marks(i, "OBJECT")} {{\n{body}}}\n");
            if (!isApollo[i])
            {
                queries[i].Add($"{Description("  ")}  {name.ToLowerInvariant()}By{i}(id: ID!): {name} @lookup{(Chance(40) ? " @internal" : "")}\n");
            }

            queries[i].Add($"  {name.ToLowerInvariant()}From{i}(take: Kind = B): {name}{(Chance(30) ? "!" : "")}\n");
        }
    }

    private void AddShared(List<string>[] queries)
    {
        var value = Quoted();
        var withOneOf = Chance(50);
        for (var i = 0; i < texts.Count; i++)
        {
            texts[i].Append($$"""
                {{Description("")}}enum Kind {{Marks(i, "ENUM")}} { A {{Marks(i, "ENUM_VALUE", mayHide: false)}} B C @deprecated(reason: {{value}}) }
                {{Description("")}}input Shared { text: String = {{value}} {{Description("").Trim()}} number: Int! = 3 kinds: [Kind!] = [A, B] nested: Shared }
                {{Description("")}}scalar Stamp @specifiedBy(url: "https://example.org/stamp")
                type Point @shareable { x: Int y: Int stamp: Stamp }

                """);
            if (withOneOf)
            {
                texts[i].Append("input Choice @oneOf { id: ID other: Shared }\n");
                queries[i].Add($"  choose{i}(by: Choice): Point\n");
            }

            queries[i].Add($"  point{i}(in: Shared): Point\n");
        }
    }

    // What takes two Apollo sources: a field that moves by a label, an interface object, a provided field.
    private void AddApolloPair(List<string>[] queries)
    {
        var apollo = Enumerable.Range(0, texts.Count).Where(i => isApollo[i]).ToArray();
        if (apollo.Length < 2)
        {
            return;
        }

        var (i, j) = (apollo[0], apollo[1]);
        texts[i].Append("""
            type Moved @key(fields: "id") { id: ID! moved: Int given: String @shareable }
            interface Thing @key(fields: "id") { id: ID! }
            type ThingA implements Thing @key(fields: "id") { id: ID! }

            """);
        texts[j].Append($$"""
            type Moved @key(fields: "id") { id: ID! moved: Int! @override(from: "{{NameOf(i)}}", label: "percent(5)") given: String @external }
            type Thing @key(fields: "id") @interfaceObject { id: ID! extra: Int! }

            """);
        queries[i].Add("  thing: Thing\n  moved: Moved\n");
        queries[j].Add("  giving: Moved @provides(fields: \"given\")\n");
    }

    private static string NameOf(int i) => i == 0 ? "source-zero.v1" : $"s{i}";

    // What only one source has: an interface with its objects, a union, mutations.
    private void AddOwn(int i, List<string> query)
    {
        texts[i].Append($$"""
            {{Description("")}}interface Node{{i}} { id: ID! label(upper: Boolean = false): String{{Marks(i, "INTERFACE_FIELD")}} }
            type One{{i}} implements Node{{i}} { id: ID! label(upper: Boolean = false): String kind: Kind }
            type Two{{i}} implements Node{{i}} { id: ID! label(upper: Boolean = false): String at: Point }
            union Any{{i}} {{Marks(i, "UNION", mayHide: false)}} = One{{i}} | Two{{i}}

            """);
        query.Add($"  node{i}: Node{i}{Marks(i, "FIELD", mayHide: false)}\n  any{i}: [Any{i}!]!\n");
        if (!isApollo[i])
        {
            texts[i].Append($"type Deep{i} {{ one{i}(key: ID! @is(field: \"id\")): One{i} @lookup }}\n");
            query.Add($"  deep{i}: Deep{i}\n  nodeById{i}(id: ID!): Node{i} @lookup\n");
        }

        if (Chance(50))
        {
            texts[i].Append($"type Mutation {{ do{i}(in: Shared!, at: Stamp): Any{i} @deprecated }}\n");
        }

        if (Chance(30))
        {
            texts[i].Append($"type Subscription {{ on{i}: Point }}\n");
        }
    }

    private string Marks(int i, string location, bool mayHide = true)
    {
        var marks = new StringBuilder();
        if (Chance(20))
        {
            marks.Append($" @tag(name: \"t{random.Next(3)}\") @tag(name: \"u\")");
        }

        if (Chance(15) && location is "FIELD" or "OBJECT" or "ENUM")
        {
            marks.Append(isApollo[i] ? $" @cost(weight: {random.Next(9)})" : $" @cost(weight: \"{random.Next(9)}.5\")");
        }

        if (location == "FIELD" && Chance(15))
        {
            marks.Append($" @deprecated(reason: {Quoted()})");
        }
        else if (mayHide && location == "FIELD" && Chance(15))
        {
            marks.Append(" @inaccessible");
        }

        return marks.ToString();
    }

    private string ListSize(int i) => Chance(40)
        ? $" @listSize(assumedSize: {random.Next(1, 99)}, slicingArguments: [\"first\"]{(isApollo[i] || Chance(50) ? "" : ", slicingArgumentDefaultValue: 5")}, requireOneSlicingArgument: false)"
        : "";

    private string Description(string indent) => Chance(30)
        ? $"{indent}{Quoted()}\n"
        : "";

    private string Quoted() => Printer.Print(Syntax.String(Texts[random.Next(Texts.Length)]));

    private bool Chance(int percent) => random.Next(100) < percent;
}
