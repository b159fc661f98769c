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

    // The one that gives the object does not know what it is. Where the home fails, nobody knows whether clients may see it.
    [Fact]
    public Task An_object_whose_home_tells_that_no_client_sees_its_type_is_null_as_a_whole() => ScriptedSources.Answer(
        """
        --- reviews apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@inaccessible", "@interfaceObject"])
        type Query { tops: [Media] }
        type Media @interfaceObject @key(fields: "id") { id: ID! price: Int }
        --- home apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@inaccessible"])
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! }
        type Draft implements Media @key(fields: "id") @inaccessible { id: ID! }
        """,
        "{ tops { price } }",
        [
            ("reviews", """{"data":{"tops":[{"price":1,"id":"1"},{"price":2,"id":"2"},{"price":3,"id":"3"},{"price":4,"id":"4"}]}}"""),
            ("home", """{"errors":[{"message":"no","path":["_entities",2]}],"data":{"_entities":[{"__typename":"Book"},{"__typename":"Draft"},null,null]}}"""),
        ],
        """
        reviews {}
        home {"representations":[{"__typename":"Media","id":"1"},{"__typename":"Media","id":"2"},{"__typename":"Media","id":"3"},{"__typename":"Media","id":"4"}]}
        {"errors":[{"message":"The object is of a type that is not for clients.","path":["tops",1],"extensions":{"code":"INACCESSIBLE"}},{"message":"no","path":["tops",2],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"No source tells the object's type.","path":["tops",3],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"tops":[{"price":1},null,null,null]}}
        """);
}
