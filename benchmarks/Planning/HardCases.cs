using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Benchmarks;

/// <summary>A graph and operations on it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Sources">Apollo sources by name.</param>
/// <param name="Queries">The operations.</param>
internal sealed record PlanningCase(string Name, (string Name, string Sdl)[] Sources, string[] Queries)
{
    /// <summary>True: each plan is the first one on its graph, which is read anew.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The sources' dialect.</summary>
    public SourceDialect Dialect { get; init; } = SourceDialect.Apollo;
}

/// <summary>Graphs and operations that make planners explode; <c>tests/Planning.Tests/PlanningBoundTests</c> counts the bytes of the same.</summary>
internal static class HardCases
{
    public static PlanningCase[] All() => 
        [Interface(), .. Below(), InterfaceObject(), .. Hundred(), Value(), .. Levels(), Fields(), Keys(), Writes(), Chain(), Lookups(60, 3), Lookups(300, 2)];

    private static PlanningCase Interface() => new(
        "an interface with 300 implementations that differ by source",
        [
            ("a", "type Query { nodes: [Node] } interface Node { id: ID! } "
                + Join(300, i => $"type N{i} implements Node @key(fields: \"id\") {{ id: ID! a{i}: Int }}")),
            ("b", "interface Node { id: ID! name: String } "
                + Join(300, i => $"type N{i} implements Node @key(fields: \"id\") {{ id: ID! name: String b{i}: Int }}")),
        ],
        [$"{{ nodes {{ id {Join(300, i => $"... on N{i} {{ name a{i} b{i} }}")} }} }}"]);

    // Each fragment has a position below, where any of the types can be; and each of those is entered once more.
    private static PlanningCase[] Below()
    {
        (string, string)[] sources =
        [
            ("start", "type Query { items: [Item] } interface Item { id: ID! size: Int } "
                + Join(300, i => $"type K{i} implements Item @key(fields: \"id\") {{ id: ID! size: Int own{i}: Int }}")),
            ("parts", "interface Item { id: ID! part: Item } " + Join(300, i => $"type K{i} implements Item @key(fields: \"id\") {{ id: ID! part: Item at{i}: Int }}")),
            ("prices", Join(300, i => $"type K{i} @key(fields: \"id\") {{ id: ID! size: Int @external price: Int @requires(fields: \"size\") }}")),
        ];
        return
        [
            new("300 fragments with an object of 300 types below each", sources, [$"{{ items {{ {Join(300, i => $"... on K{i} {{ part {{ size }} }}")} }} }}"]),
            new(
                "the same with own fields and a requirement in each",
                sources,
                [$"{{ items {{ {Join(300, i => $"... on K{i} {{ own{i} at{i} price part {{ size }} }}")} }} }}"]),
            new(
                "the same with the requirement in the objects below",
                sources,
                [$"{{ items {{ {Join(300, i => $"... on K{i} {{ id part {{ size ... on K{i} {{ price }} }} }}")} }} }}"]),
        ];
    }

    private static PlanningCase InterfaceObject() => new(
        "300 fragments on the types of an @interfaceObject",
        [
            ("home", "type Query { films: [Film] } interface Film @key(fields: \"id\") { id: ID! title: String } "
                + Join(300, i => $"type F{i} implements Film @key(fields: \"id\") {{ id: ID! title: String own{i}: Int }}")),
            ("likes", "type Film @interfaceObject @key(fields: \"id\") { id: ID! likes: Int similar: [Film] }"),
            ("rank", "type Film @interfaceObject @key(fields: \"id\") { id: ID! likes: Int @external rank: Int @requires(fields: \"likes\") next: Film }"),
        ],
        [$"{{ films {{ {Join(300, i => $"... on F{i} {{ own{i} similar {{ title }} rank next {{ likes kind: __typename }} }}")} }} }}"]);

    // Each source has fields of a value without a key that nobody else has, and all of them the way there.
    private static PlanningCase Value() => new(
        "100 sources that share a value, 10 aliases of 100 fields",
        [
            ("a", "type Query { t: T @shareable } type T @key(fields: \"id\") { id: ID! v: V @shareable } type V { x: Int @shareable }"),
            .. Enumerable.Range(0, 100).Select(i => ($"s{i}", $"{(i < 8 ? "type Query { t: T @shareable } " : "")}type T @key(fields: \"id\") {{ id: ID! v: V @shareable }} "
                + $"type V {{ x: Int @shareable f{i}: Int w: W @shareable }} type W {{ y: Int @shareable h{i}: Int }}")),
        ],
        [$"{{ t {{ {Join(10, alias => $"v{alias}: v {{ {Join(100, i => $"f{i}")} }}")} }} }}"]);

    // Any source can give the object that is further down.
    private static PlanningCase[] Levels()
    {
        (string, string)[] sources =
        [
            .. Enumerable.Range(0, 100).Select(i => ($"s{i}", (i < 50 ? "type Query { t: T @shareable } " : "")
                + $"type T @key(fields: \"id\") {{ id: ID! f{i}: Int near: T @shareable }}")),
        ];
        var all = Join(100, i => $"f{i}");
        var selection = all;
        for (var i = 1; i < 10; i++)
        {
            selection = $"{all} near {{ {selection} }}";
        }

        return
        [
            new("1,000 fields on 10 levels of 100 sources", sources, [$"{{ t {{ {selection} }} }}"]),
            new("the same side by side", sources, [$"{{ t {{ {Join(10, i => $"near{i}: near {{ {all} }}")} }} }}"]),
        ];
    }

    private static PlanningCase[] Hundred()
    {
        (string, string)[] sources =
        [
            ("a", "type Query { t: T } type T @key(fields: \"id\") { id: ID! }"),
            .. Enumerable.Range(0, 100).Select(i => ($"s{i}", $"type T @key(fields: \"id\") {{ id: ID! f{i}: Int common: Int @shareable next{i}: T }}")),
        ];
        var nested = "common";
        for (var i = 0; i < 12; i++)
        {
            nested = $"f{i} common next{i * 8} {{ {nested} }}";
        }

        return
        [
            new("100 sources that share a type, a field of each", sources, [$"{{ t {{ id common {Join(100, i => $"f{i}")} }} }}"]),
            new("the same, two fetches for each", sources, [$"{{ t {{ {Join(100, i => $"next{i} {{ common f{(i + 7) % 100} }}")} }} }}"]),
            new("12 levels through them", sources, [$"{{ t {{ {nested} }} }}"]),
        ];
    }

    private static PlanningCase Fields()
    {
        var all = Join(50, i => $"f{i} g{i}");
        var selection = all;
        for (var i = 0; i < 9; i++)
        {
            selection = $"{all} {(i % 2 == 0 ? "u" : "v")} {{ {selection} }}";
        }

        return new(
            "1,000 fields on 10 levels of two sources",
            [
                ("a", $"type Query {{ t: [T] }} type T @key(fields: \"id\") {{ id: ID! u: T {Join(50, i => $"f{i}: Int")} }}"),
                ("b", $"type T @key(fields: \"id\") {{ id: ID! v: T {Join(50, i => $"g{i}: Int")} }}"),
            ],
            [$"{{ t {{ {selection} }} }}"]);
    }

    // Each type is entered by the fields of any other: followed one by one there are 40! ways.
    private static PlanningCase Keys() => new(
        "40 types with keys through one another, the first plan",
        [
            .. Enumerable.Range(0, 2).Select(source => ($"s{source}", (source == 0 ? "type Query { t0: T0 } " : "")
                + Join(40, type => $"type T{type} {Join(40, other => $"@key(fields: \"l{other} {{ x{source} }}\")")}{(type == 39 ? " @key(fields: \"id\")" : "")}"
                    + $" {{ id: ID! @shareable x{source}: Int {Join(40, other => $"l{other}: T{other} @shareable")} }}"))),
        ],
        ["{ t0 { x1 l5 { x1 } } }"]) { IsFirst = true };

    private static PlanningCase Writes() => new(
        "120 writes in turns of two sources, with what a third one reads",
        [
            ("a", $"type Query {{ x: Int }} type Mutation {{ {Join(60, i => $"a{i}: T")} }} type T @key(fields: \"id\") {{ id: ID! }}"),
            ("b", $"type Mutation {{ {Join(60, i => $"b{i}: T")} }} type T @key(fields: \"id\") {{ id: ID! f: Int }}"),
            ("c", "type T @key(fields: \"id\") { id: ID! f: Int @external g: Int @requires(fields: \"f\") h: Int }"),
        ],
        [$"mutation {{ {Join(60, i => $"a{i} {{ g h }} b{i} {{ h g }}")} }}"]);

    private static PlanningCase Chain() => new(
        "a chain of 100 @requires",
        [
            .. Enumerable.Range(0, 2).Select(source => ($"s{source}", $"{(source == 0 ? "type Query { t: T } " : "")}type T @key(fields: \"id\") {{ id: ID! "
                + Join(101, i => i % 2 != source ? (i == 100 ? "" : $"c{i}: Int @external") : i == 0 ? "c0: Int" : $"c{i}: Int @requires(fields: \"c{i - 1}\")") + " }")),
        ],
        ["{ t { c100 } }"]);

    // Each type is looked up by a field of its own: with two sources in turns, at each level.
    private static PlanningCase Lookups(int types, int levels)
    {
        var selection = "id";
        for (var level = levels; level > 0; level--)
        {
            selection = $"{(level % 2 == 0 ? "other" : "next")} {{ {selection} }}";
        }

        return new(
            $"{types} types with a lookup each, {levels} levels of them",
            [
                ("a", $"type Query {{ nodes: [Node] }} interface Node {{ id: ID! }} {Join(types, i => $"type T{i} implements Node @key(fields: \"id\") {{ id: ID! }}")}"),
                .. new[] { "next", "other" }.Select(field => (field,
                    $"type Query {{ {Join(types, i => $"{field}{i}(id: ID!): T{i} @lookup @internal")} }} interface Node {{ id: ID! {field}: Node }} "
                    + Join(types, i => $"type T{i} implements Node @key(fields: \"id\") {{ id: ID! {field}: Node }}"))),
            ],
            [$"{{ nodes {{ {selection} }} }}"]) { Dialect = SourceDialect.Composite };
    }

    private static string Join(int count, Func<int, string> text) => string.Join(' ', Enumerable.Range(0, count).Select(text));
}
