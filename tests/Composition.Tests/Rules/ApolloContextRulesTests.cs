using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloContextRulesTests
{
    [Fact]
    public void A_context_has_a_plain_name() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "my_garden") { id: ID! }
            """,
        problems:
            """
            a.graphqls:3:32 CONTEXT_NAME_INVALID "my_garden" in @context on Garden is no name of a context.
              hint: Begin with a letter and go on with letters and digits; underscores are not allowed.
            """);

    [Fact]
    public void What_comes_from_a_context_is_set_by_a_type() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose @key(fields: "id") { id: ID! height(soil: String @fromContext(field: "$garden { soil }")): Int }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose @key(fields: "id") { id: ID! height(soil: String @fromContext(field: "$park { soil }")): Int }
            """,
        problems:
            """
            a.graphqls:4:60 CONTEXT_NOT_SET The argument "soil" of Rose.height comes from the context "park", which no type of a sets.
              hint: Add @context(name: "park") to the type that the value comes from, in a.
            """);

    [Fact]
    public void What_comes_from_a_context_names_it() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose @key(fields: "id") { id: ID! height(soil: String @fromContext(field: "$garden { soil }")): Int }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose @key(fields: "id") { id: ID! height(soil: String @fromContext(field: "{ soil }")): Int }
            """,
        problems:
            """
            a.graphqls:4:60 NO_CONTEXT_IN_SELECTION "{ soil }" in @fromContext on the argument "soil" of Rose.height names no context and what to take from it.
              hint: Write the context with a dollar sign, and one field: "$context { field }".
            """);

    [Fact]
    public void What_comes_from_a_context_is_one_value_of_the_arguments_type() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose @key(fields: "id") { id: ID! height(soil: String @fromContext(field: "$garden { soil }")): Int }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose @key(fields: "id") { id: ID! height(soil: Int @fromContext(field: "$garden { soil }")): Int }
            """,
        problems:
            """
            a.graphqls:4:57 CONTEXT_INVALID_SELECTION "$garden { soil }" in @fromContext on the argument "soil" of Rose.height: it gives String on Garden, and the argument is Int.
              also a.graphqls:3:32
              hint: Select one field that every type with the context has, or one type condition for each: "$context ... on A { x } ... on B { y }".
            """);

    [Fact]
    public void What_needs_a_context_can_be_asked_for_by_a_key() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose @key(fields: "id") { id: ID! height(soil: String @fromContext(field: "$garden { soil }")): Int }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose { id: ID! height(soil: String @fromContext(field: "$garden { soil }")): Int }
            """,
        problems:
            """
            a.graphqls:4:1 CONTEXT_NO_RESOLVABLE_KEY Rose.height has an argument from a context, and Rose has no key by which a can be asked for it.
              also a.graphqls:4:41
              hint: Add a @key to Rose in a, without resolvable: false.
            """);

    [Fact]
    public void An_argument_from_a_context_is_needed_by_no_other_source() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext", "@shareable"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose @key(fields: "id") { id: ID! height(soil: String @fromContext(field: "$garden { soil }")): Int @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Rose @key(fields: "id") { id: ID! height(soil: String): Int @shareable }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext", "@shareable"])
            type Query { garden: Garden }
            type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String best: Rose }
            type Rose @key(fields: "id") { id: ID! height(soil: String @fromContext(field: "$garden { soil }")): Int @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Rose @key(fields: "id") { id: ID! height(soil: String!): Int @shareable }
            """,
        problems:
            """
            b.graphqls:2:47 CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS The argument "soil" of Rose.height comes from a context in a, so that clients cannot give it, and b needs it.
              also a.graphqls:4:47
              hint: Make it nullable in b, give it a default, or take it from a context there too.
            """);
}
