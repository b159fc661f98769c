using Xunit;

namespace GraphGateway.Differential;

/// <summary>What clients do not see is there for what other sources require, whether the client asks for it as well or not.</summary>
public sealed class InaccessibleValueTests
{
    private const string Sources =
        """
        --- shelf apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@inaccessible"])
        type Query { book: Book }
        type Book @key(fields: "id") { id: ID! state: State! states: [State] }
        enum State { NEW LOST @inaccessible }
        --- press
        type Query { bookOf(id: ID!): Book @lookup @internal }
        type Book { id: ID! label(state: State @require(field: "state") states: [State] @require(field: "states")): String }
        enum State { NEW LOST @inaccessible }

        """;

    [Fact]
    public Task A_value_that_no_client_sees_is_required_beside_the_client_that_asks_for_it() => ScriptedSources.Answer(
        Sources,
        "{ book { states label } }",
        [
            ("shelf", """{"data":{"book":{"state":"LOST","states":["NEW","LOST"],"id":"1"}}}"""),
            ("press", """{"data":{"bookOf":{"label":"lost"}}}"""),
        ],
        """
        shelf {}
        press {"__gg_1_id":"1","__gg_2_state":"LOST","__gg_3_states":["NEW","LOST"]}
        {"errors":[{"message":"The value is not for clients.","path":["book","states",1],"extensions":{"code":"INACCESSIBLE"}}],"data":{"book":{"states":["NEW",null],"label":"lost"}}}
        """);

    [Fact]
    public Task Where_it_may_not_be_null_the_object_goes_and_what_is_made_of_it_above_stays() => ScriptedSources.Answer(
        """
        --- shelf apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@inaccessible"])
        type Query { shelf: Shelf }
        type Shelf @key(fields: "id") { id: ID! book: Book }
        type Book { state: State! }
        enum State { NEW LOST @inaccessible }
        --- press
        type Query { shelfOf(id: ID!): Shelf @lookup @internal }
        type Shelf { id: ID! label(state: State @require(field: "book.state")): String }
        enum State { NEW LOST @inaccessible }

        """,
        "{ shelf { book { state } label } }",
        [
            ("shelf", """{"data":{"shelf":{"book":{"state":"LOST"},"id":"1"}}}"""),
            ("press", """{"data":{"shelfOf":{"label":"lost"}}}"""),
        ],
        """
        shelf {}
        press {"__gg_1_id":"1","__gg_2_state":"LOST"}
        {"errors":[{"message":"The value is not for clients.","path":["shelf","book","state"],"extensions":{"code":"INACCESSIBLE"}}],"data":{"shelf":{"book":null,"label":"lost"}}}
        """);

    [Fact]
    public Task It_is_a_key_beside_the_client_that_asks_for_it() => ScriptedSources.Answer(
        """
        --- shelf apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@inaccessible"])
        type Query { book: Book }
        type Book @key(fields: "state") { state: State }
        enum State { NEW LOST @inaccessible }
        --- press
        type Query { bookOf(state: State!): Book @lookup @internal }
        type Book { state: State label: String }
        enum State { NEW LOST @inaccessible }

        """,
        "{ book { state label } }",
        [
            ("shelf", """{"data":{"book":{"state":"LOST"}}}"""),
            ("press", """{"data":{"bookOf":{"label":"lost"}}}"""),
        ],
        """
        shelf {}
        press {"__gg_1_state":"LOST"}
        {"errors":[{"message":"The value is not for clients.","path":["book","state"],"extensions":{"code":"INACCESSIBLE"}}],"data":{"book":{"state":null,"label":"lost"}}}
        """);
}
