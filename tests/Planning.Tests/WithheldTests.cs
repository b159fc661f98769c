using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What a client may not see is fetched from nobody, whichever way it is asked for; the verifier sees to it.</summary>
public sealed class WithheldTests
{
    private const string Graph = """
        schema @gateway__supergraph(version: 1) { query: Query mutation: Mutation }
        enum gateway__Source { A @gateway__source(name: "a", dialect: APOLLO) B @gateway__source(name: "b", dialect: APOLLO) }
        type Query @gateway__type(in: [A, B]) {
          rose: Rose @gateway__field(in: A)
          plants: [Plant] @gateway__field(in: A)
          anything: [Anything] @gateway__field(in: A)
          staff: String @authenticated @gateway__field(in: B)
          secret: Secret @gateway__field(in: A)
        }
        type Mutation @gateway__type(in: A) {
          plant: Int @gateway__field(in: A)
          burn: Int @requiresScopes(scopes: [["admin"]]) @gateway__field(in: A)
        }
        interface Plant @gateway__type(in: [A, B]) { name: String @gateway__field(in: A) price: Int @gateway__field(in: B) }
        type Rose implements Plant @gateway__type(in: [A, B]) @gateway__implements(in: [A, B], interface: "Plant")
          @gateway__key(in: [A, B], fields: "id") @gateway__lookup(in: A, key: "id") @gateway__lookup(in: B, key: "id") {
          id: ID! @requiresScopes(scopes: [["ids"]]) @gateway__field(in: [A, B])
          name: String @gateway__field(in: A)
          price: Int @requiresScopes(scopes: [["sales"], ["buy", "read"]]) @gateway__field(in: B)
          cost: Int @requiresScopes(scopes: [["sales"]]) @gateway__field(in: A) @gateway__field(in: B, external: true)
          margin: Int @gateway__field(in: B, requires: "cost")
          twice: Int @gateway__field(in: A, requires: "margin")
          color: String @gateway__field(in: B)
          grade: Grade @gateway__field(in: A)
          partner: Plant @gateway__field(in: A)
        }
        type Weed implements Plant @authenticated @gateway__type(in: [A, B]) @gateway__implements(in: [A, B], interface: "Plant")
          @gateway__key(in: [A, B], fields: "id") @gateway__lookup(in: A, key: "id") @gateway__lookup(in: B, key: "id") {
          id: ID! @gateway__field(in: [A, B])
          name: String @gateway__field(in: A)
          price: Int @gateway__field(in: B)
        }
        type Secret @authenticated @gateway__type(in: A) { text: String @gateway__field(in: A) }
        union Anything @gateway__type(in: A) @gateway__member(in: A, type: "Rose") @gateway__member(in: A, type: "Secret") = Rose | Secret
        enum Grade @authenticated @gateway__type(in: A) { BEST @gateway__value(in: A) }
        directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        """;

    private const string Rated = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { STARS @gateway__source(name: "stars", dialect: APOLLO) HOME @gateway__source(name: "home", dialect: APOLLO) }
        type Query @gateway__type(in: [STARS, HOME]) { rated: [Media] @gateway__field(in: STARS) }
        interface Media @gateway__type(in: STARS, interfaceObject: true) @gateway__type(in: HOME)
          @gateway__key(in: [STARS, HOME], fields: "id") @gateway__lookup(in: STARS, key: "id") @gateway__lookup(in: HOME, key: "id") {
          id: ID! @gateway__field(in: [STARS, HOME])
          stars: Int @gateway__field(in: STARS)
          hidden: Int @requiresScopes(scopes: [["sales"]]) @gateway__field(in: STARS)
        }
        type Book implements Media @gateway__type(in: HOME) @gateway__implements(in: HOME, interface: "Media") @gateway__key(in: HOME, fields: "id") @gateway__lookup(in: HOME, key: "id") {
          id: ID! @gateway__field(in: HOME)
          pages: Int @requiresScopes(scopes: [["sales"]]) @gateway__field(in: HOME)
          stars: Int @gateway__field(in: STARS)
          hidden: Int @requiresScopes(scopes: [["sales"]]) @gateway__field(in: STARS)
        }
        type Film implements Media @gateway__type(in: HOME) @gateway__implements(in: HOME, interface: "Media") @gateway__key(in: HOME, fields: "id") @gateway__lookup(in: HOME, key: "id") {
          id: ID! @gateway__field(in: HOME)
          stars: Int @gateway__field(in: STARS)
          hidden: Int @requiresScopes(scopes: [["sales"]]) @gateway__field(in: STARS)
        }
        directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        """;

    [Theory]
    [InlineData(
        "{ rose { name price color } }", "",
        """
        a: { rose { name id } }
        b after a: query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Rose { color } } } by { __typename, id: ~id }
        withheld: Rose.price on Rose
        """)]
    [InlineData(
        "{ rose { name cheap: price } }", "buy",
        """
        a: { rose { name } }
        withheld: Rose.cheap on Rose
        """)]
    [InlineData(
        "{ rose { name cheap: price } }", "buy read",
        """
        a: { rose { name id } }
        b after a: query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Rose { cheap: price } } } by { __typename, id: ~id }
        """)]
    public void Nobody_is_asked_for_a_field_that_the_client_may_not_see(string operation, string scopes, string expected) => Check(operation, scopes, expected);

    [Theory]
    [InlineData(
        "{ rose { id color } }", "",
        """
        a: { rose { id } }
        b after a: query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Rose { color } } } by { __typename, id: ~id }
        withheld: Rose.id on Rose
        """)]
    public void A_key_that_the_client_may_not_see_is_read_in_a_slot_of_its_own(string operation, string scopes, string expected) =>
        Check(operation, scopes, expected);

    [Theory]
    [InlineData(
        "{ rose { name margin twice } }", "buy",
        """
        a: { rose { name } }
        withheld: Rose.margin on Rose
        withheld: Rose.twice on Rose
        """)]
    [InlineData(
        "{ rose { twice cost } }", "sales",
        """
        a: { rose { cost id } }
        b after a: query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Rose { margin } } } by { __typename, id: ~id, cost }
        a after b: query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Rose { twice } } } by { __typename, id: ~id, margin: ~margin }
        """)]
    public void What_is_computed_from_protected_fields_is_as_protected_as_they_are(string operation, string scopes, string expected) =>
        Check(operation, scopes, expected);

    // Who is a Book, and has a null for its pages, and who is none, only another source tells.
    [Theory]
    [InlineData(
        "{ rated { ... on Book { pages } } }", "",
        """
        stars: { rated { id } }
        home after stars: query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } } by { __typename: "Media", id: ~id }
        withheld: Media.pages on Book
        """)]
    [InlineData(
        "{ rated { stars ... on Book { pages } } }", "sales",
        """
        stars: { rated { stars id } }
        home after stars: query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Book { pages } } } by { __typename: "Media", id: ~id }
        """)]
    [InlineData(
        "{ rated { stars hidden } }", "",
        """
        stars: { rated { stars } }
        withheld: Media.hidden on Book|Film
        """)]
    public void Of_which_objects_something_is_withheld_is_told_where_not_all_have_it(string operation, string scopes, string expected) =>
        Check(SupergraphReader.Read(new SourceText(Rated)).Supergraph!, operation, scopes, expected);

    [Theory]
    [InlineData(
        "{ plants { __typename name price } }", "",
        """
        a: { plants { __typename ... on Rose { name } } }
        withheld: Plant.__typename on Weed
        withheld: Plant.name on Weed
        withheld: Plant.price on Rose|Weed
        """)]
    [InlineData(
        "{ plants { ... on Rose { n: name } ...W } } fragment W on Plant { ... on Weed { n: name } }", "",
        """
        a: { plants { __typename ... on Rose { n: name } } }
        withheld: Plant.n on Weed
        """)]
    [InlineData(
        "{ anything { __typename ... on Secret { text } ... on Rose { name } } }", "",
        """
        a: { anything { __typename ... on Rose { name } } }
        withheld: Anything.__typename on Secret
        withheld: Anything.text on Secret
        """)]
    public void Through_interfaces_and_unions_each_object_counts_by_its_own_type(string operation, string scopes, string expected) =>
        Check(operation, scopes, expected);

    // Who may see a Book's title may not see any Media's, and who may see these not any Numbered one's: the first selection of a Book's title counts, also where all have it then.
    [Theory]
    [InlineData(
        "{ media { ... on Book { title } title } }", "",
        """
        a: { media { __typename ... on Book { title } } }
        withheld: Media.title on Film
        """)]
    [InlineData("{ media { title ... on Book { title } } }", "", "a: { media { __typename } }\nwithheld: Media.title on Book|Film")]
    [InlineData("{ media { ... on Numbered { title } title } }", "sales", "a: { media { __typename ... on Film { title } } }\nwithheld: Media.title on Book")]
    [InlineData("{ media { ... on Book { title } ... on Numbered { title } title } }", "sales", "a: { media { __typename title } }")]
    public void The_first_selection_that_is_for_the_type_of_an_object_says_what_counts(string operation, string scopes, string expected) => Check(
        SupergraphReader.Read(new SourceText("""
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { A @gateway__source(name: "a", dialect: COMPOSITE) }
            type Query @gateway__type(in: A) { media: [Media] @gateway__field(in: A) }
            interface Media @gateway__type(in: A) { title: String @requiresScopes(scopes: [["sales"]]) @gateway__field(in: A) }
            interface Numbered @gateway__type(in: A) { title: String @requiresScopes(scopes: [["numbers"]]) @gateway__field(in: A) }
            type Book implements Media & Numbered @gateway__type(in: A) @gateway__implements(in: A, interface: "Media") @gateway__implements(in: A, interface: "Numbered") {
              title: String @gateway__field(in: A)
            }
            type Film implements Media @gateway__type(in: A) @gateway__implements(in: A, interface: "Media") { title: String @requiresScopes(scopes: [["sales"]]) @gateway__field(in: A) }
            directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
            """)).Supergraph!,
        operation, scopes, expected);

    [Theory]
    [InlineData(
        "{ secret { text } rose { grade name } staff }", "",
        """
        a: { rose { name } }
        withheld: Query.secret on Query
        withheld: Query.staff on Query
        withheld: Rose.grade on Rose
        """)]
    [InlineData("{ staff }", "", "withheld: Query.staff on Query")]
    [InlineData(
        "mutation { burn plant }", "",
        """
        a: mutation { plant }
        withheld: Mutation.burn on Mutation
        """)]
    public void What_returns_a_protected_type_and_protected_writes_are_not_asked_for(string operation, string scopes, string expected) =>
        Check(operation, scopes, expected);

    private static void Check(string operation, string scopes, string expected) => Check(SupergraphReader.Read(new SourceText(Graph)).Supergraph!, operation, scopes, expected);

    private static void Check(Supergraph supergraph, string operation, string scopes, string expected)
    {
        var plan = Plan(supergraph, operation, scopes);
        var steps = plan.Steps.Select(step =>
            $"{step.Source}{string.Concat(step.DependsOn.Select(id => $" after {plan.Steps[id].Source}"))}: {OneLine(step.Document.Text)}"
            + string.Concat(step.Inputs.Select(input => $" by {TemplateText.Of(input.Value, plan.Supergraph.FullSchema, step.TargetTypes)}")));
        var withheld = plan.Unservable.Select(field => $"withheld: {field.Field} on {TemplateText.Names(field.Types, plan.Supergraph.FullSchema)}").Order(StringComparer.Ordinal);
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), string.Join('\n', steps.Concat(withheld)));
        Assert.All(plan.Unservable, field => Assert.Equal(UnservableCause.Withheld, field.Cause));
        Assert.Empty(PlanMutants.Of(plan).Where(mutant => PlanVerifier.Verify(mutant.Plan).IsEmpty).Select(mutant => mutant.What));
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Replace("query {", "{", StringComparison.Ordinal).Replace("query(", "query (", StringComparison.Ordinal);

    private static QueryPlan Plan(Supergraph supergraph, string operation, string scopes)
    {
        var index = AccessIndex.Of(supergraph);
        var has = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<int> unmet = [.. Enumerable.Range(0, index.Requirements.Count).Where(number => !index.Requirements[number].IsMetBy(has.Count > 0, has, has))];
        var (filtered, _) = AccessFilter.Apply(TestOperation.Normalize(supergraph.PublicSchema, operation), index, supergraph.PublicSchema, AccessOutcome.Without(unmet));
        var plan = QueryPlanner.Plan(supergraph, filtered);
        Assert.Empty(PlanVerifier.Verify(plan));
        return plan;
    }
}
