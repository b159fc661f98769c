namespace GraphGateway.Interop.Language;

/// <summary>The schemas that the documents are written over: real ones, as npm packages ship them, and small ones of our own.</summary>
internal static class Schemas
{
    /// <summary>Schemas of public APIs by name: files in packages that <c>package.json</c> pins.</summary>
    public static readonly (string Name, string File)[] Real =
    [
        ("GitHub", "@octokit/graphql-schema/schema.json"),
        ("Shopify Storefront", "@shopify/hydrogen-react/storefront.schema.json"),
        ("Shopify Customer Account", "@shopify/hydrogen-react/customer-account.schema.json"),
        ("Sui 2024.1", "@mysten/sui/src/graphql/generated/2024.1/schema.graphql"),
        ("Sui 2024.4", "@mysten/sui/src/graphql/generated/2024.4/schema.graphql"),
        ("Sui", "@mysten/sui/src/graphql/generated/latest/schema.graphql"),
        ("Relay's tests", "relay-test-utils-internal/lib/testschema.graphql"),
    ];

    /// <summary>Has of every kind of thing one, so that short documents meet every rule.</summary>
    public const string Zoo =
        """
        schema @tag(name: "zoo") { query: Zoo mutation: Change subscription: Watch }
        directive @tag(name: String!, level: Level = LOW, marks: [Mark!]) repeatable on QUERY | MUTATION | SUBSCRIPTION | FIELD
          | FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT | VARIABLE_DEFINITION | SCHEMA | OBJECT
        directive @once(if: Boolean) on QUERY | MUTATION | SUBSCRIPTION | FIELD | FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT
          | VARIABLE_DEFINITION
        directive @onField on FIELD
        enum Level { LOW MIDDLE HIGH @deprecated }
        scalar Any
        input Mark { label: String! weight: Float = 1 tags: [String!] next: Mark }
        input By @oneOf { id: ID name: String mark: Mark marks: [Mark!] level: Level }
        input Range { from: Int! = 0 to: Int! any: Any by: By matrix: [[Int!]!] }
        interface Named { name: String aka(first: Int! = 3, level: Level): [String!]! }
        interface Animal implements Named { name: String aka(first: Int! = 3, level: Level): [String!]! friends(by: By): [Animal!] size: Int }
        type Cat implements Named & Animal { name: String aka(first: Int! = 3, level: Level): [String!]! friends(by: By): [Animal!]
          size: Int lives: Int! value: Int meows(range: Range, loud: Boolean! = true): Boolean owner: Person }
        type Dog implements Named & Animal { name: String aka(first: Int! = 3, level: Level): [String!]! friends(by: By): [Animal!]
          size: Int tricks(ids: [ID!]!): [String] value: String owner: Owner barks: Boolean! }
        type Person implements Named { name: String aka(first: Int! = 3, level: Level): [String!]! pets(first: Int, any: Any): [Pet!]! old: Int @deprecated }
        type Company { title: String! staff: [Person!]! value: Float }
        union Pet = Cat | Dog
        union Owner = Person | Company
        union Thing = Cat | Company
        type Zoo { animal(by: By!): Animal animals(range: Range, mark: Mark = { label: "a" }): [Animal!]! pet: Pet owner(level: Level = LOW): Owner
          thing: Thing named: Named cat(id: ID!): Cat dog(id: ID!, size: Int = 1): Dog any(any: Any, list: [Any!]): Any level: Level }
        type Change { feed(id: ID!, level: Level!): Animal rename(mark: Mark!, ids: [ID!]!): Named }
        type Watch { born(level: Level): Animal left: Pet count: Int! }
        """;

    /// <summary>No more than a schema must have, with names that are like one another.</summary>
    public const string Small =
        """
        type Query { item(id: ID!): Item items: [Item] itemCount: Int self: Query }
        type Item { id: ID! item: Item items(first: Int): [Item!]! name(upper: Boolean = false): String }
        """;
}
