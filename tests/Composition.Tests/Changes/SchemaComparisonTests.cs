using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests.Changes;

/// <summary>What graphql-js finds too is compared with it on generated schemas, in tests/Interop; here is one of each in words.</summary>
public sealed class SchemaComparisonTests
{
    [Fact]
    public void Types_and_members_that_go_break_clients_and_new_ones_mostly_do_not() => Check(
        before:
            """
            type Query { a: A e: E u: U gone: Int }
            type A implements I { id: ID }
            interface I { id: ID }
            interface J { id: ID }
            type B { id: ID }
            enum E { X Y }
            union U = A | B
            scalar Gone
            """,
        after:
            """
            type Query { a: A e: E u: U new: Int }
            type A implements J { id: ID }
            interface I { id: ID }
            interface J { id: ID }
            type B { id: ID }
            type C { id: ID }
            enum E { X Z }
            union U = A | C
            """,
        changes:
            """
            Breaking A IMPLEMENTED_INTERFACE_REMOVED: A no longer implements interface I.
            Breaking E.Y VALUE_REMOVED_FROM_ENUM: Y was removed from enum type E.
            Breaking Gone TYPE_REMOVED: Gone was removed.
            Breaking Query.gone FIELD_REMOVED: Query.gone was removed.
            Breaking U TYPE_REMOVED_FROM_UNION: B was removed from union type U.
            Dangerous A IMPLEMENTED_INTERFACE_ADDED: J added to interfaces implemented by A.
            Dangerous E.Z VALUE_ADDED_TO_ENUM: Z was added to enum type E.
            Dangerous U TYPE_ADDED_TO_UNION: C was added to union type U.
            Safe C TYPE_ADDED: C was added.
            Safe Query.new FIELD_ADDED: Query.new was added.
            """);

    [Fact]
    public void Null_is_safe_to_go_from_answers_and_to_come_to_inputs() => Check(
        before:
            """
            type Query { strict: Int! loose: Int list: [Int] take(strict: Int!, loose: Int, list: [Int!]): Int }
            input In { strict: Int! loose: Int named: Int }
            """,
        after:
            """
            type Query { strict: Int loose: Int! list: [Int!] take(strict: Int, loose: Int!, list: [Int]): Int }
            input In { strict: Int loose: Int! named: Float }
            """,
        changes:
            """
            Breaking In.loose FIELD_CHANGED_KIND: In.loose changed type from Int to Int!.
            Breaking In.named FIELD_CHANGED_KIND: In.named changed type from Int to Float.
            Breaking Query.strict FIELD_CHANGED_KIND: Query.strict changed type from Int! to Int.
            Breaking Query.take(loose:) ARG_CHANGED_KIND: Query.take arg loose has changed type from Int to Int!.
            Safe In.strict INPUT_FIELD_TYPE_WIDENED: In.strict changed type from Int! to Int.
            Safe Query.list FIELD_TYPE_NARROWED: Query.list changed type from [Int] to [Int!].
            Safe Query.loose FIELD_TYPE_NARROWED: Query.loose changed type from Int to Int!.
            Safe Query.take(list:) ARG_TYPE_WIDENED: Query.take arg list has changed type from [Int!] to [Int].
            Safe Query.take(strict:) ARG_TYPE_WIDENED: Query.take arg strict has changed type from Int! to Int.
            """);

    [Fact]
    public void What_must_be_given_breaks_clients_and_what_can_be_given_is_dangerous() => Check(
        before:
            """
            type Query { a(gone: Int, one: Int = 1, two: Int! = 2, three: Int, same: In = {x: 1, y: 2}): Int }
            input In { x: Int = 1 y: Int }
            """,
        after:
            """
            type Query { a(one: Int = 2, two: Int!, three: Int = 3, must: Int!, can: Int, same: In = {y: 2, x: 1}): Int }
            input In @oneOf { x: Int y: Int can: Int }
            """,
        changes:
            """
            Breaking In INPUT_OBJECT_BECAME_ONE_OF: In now takes exactly one of its fields (@oneOf).
            Breaking Query.a(gone:) ARG_REMOVED: Query.a arg gone was removed.
            Breaking Query.a(must:) REQUIRED_ARG_ADDED: A required arg must on Query.a was added.
            Breaking Query.a(two:) ARG_DEFAULT_VALUE_CHANGE: Query.a arg two defaultValue was removed.
            Dangerous In.can OPTIONAL_INPUT_FIELD_ADDED: An optional field can on input type In was added.
            Dangerous In.x INPUT_FIELD_DEFAULT_VALUE_CHANGE: In.x defaultValue was removed.
            Dangerous Query.a(can:) OPTIONAL_ARG_ADDED: An optional arg can on Query.a was added.
            Dangerous Query.a(one:) ARG_DEFAULT_VALUE_CHANGE: Query.a arg one has changed defaultValue from 1 to 2.
            Dangerous Query.a(three:) ARG_DEFAULT_VALUE_ADDED: Query.a arg three has got the defaultValue 3.
            """);

    [Fact]
    public void Directives_roots_deprecations_and_descriptions_are_compared_too() => Check(
        before:
            """
            type Query { a: Int @deprecated b: Int @deprecated(reason: "x") "Old." c: Int d: Int }
            type Mutation { a: Int }
            scalar S @specifiedBy(url: "https://a")
            directive @d(a: Int, b: Int) repeatable on FIELD | QUERY
            directive @gone on FIELD
            """,
        after:
            """
            type Query { a: Int b: Int @deprecated(reason: "y") "New." c: Int d: Int @deprecated }
            scalar S @specifiedBy(url: "https://b")
            directive @d(a: Int = 1, c: Int, e: Int!) on FIELD | OBJECT
            """,
        changes:
            """
            Breaking  ROOT_OPERATION_REMOVED: The schema no longer has a root type for mutation operations.
            Breaking @d DIRECTIVE_REPEATABLE_REMOVED: Repeatable flag was removed from d.
            Breaking @d DIRECTIVE_LOCATION_REMOVED: QUERY was removed from d.
            Breaking @d(b:) DIRECTIVE_ARG_REMOVED: b was removed from d.
            Breaking @d(e:) REQUIRED_DIRECTIVE_ARG_ADDED: A required arg e on directive d was added.
            Breaking @gone DIRECTIVE_REMOVED: gone was removed.
            Breaking Mutation TYPE_REMOVED: Mutation was removed.
            Dangerous @d(a:) DIRECTIVE_ARG_DEFAULT_VALUE_CHANGE: @d(a:) has got the defaultValue 1.
            Dangerous S SPECIFIED_BY_URL_CHANGE: The specification of S changed from https://a to https://b.
            Safe @d DIRECTIVE_LOCATION_ADDED: OBJECT was added to d.
            Safe @d(c:) OPTIONAL_DIRECTIVE_ARG_ADDED: An optional arg c on directive d was added.
            Safe Query.a DEPRECATION_REMOVED: Query.a is no longer deprecated.
            Safe Query.b DEPRECATION_REASON_CHANGE: Query.b is deprecated for another reason: y
            Safe Query.c DESCRIPTION_CHANGE: Query.c has another description.
            Safe Query.d DEPRECATION_ADDED: Query.d is now deprecated: No longer supported
            """);

    [Fact]
    public void Removing_what_was_deprecated_is_only_dangerous_where_one_says_so()
    {
        var before = Build("type Query { a: Int b(x: Int @deprecated): E } enum E { X Y @deprecated(reason: \"Use X.\") } input In { x: Int y: Int @deprecated }");
        var after = Build("type Query { a: Int b: E } enum E { X } input In { x: Int }");

        Assert.All(SchemaComparison.Compare(before, after), change => Assert.Equal(ChangeSeverity.Breaking, change.Severity));
        Assert.Equal(
            """
            Dangerous E.Y VALUE_REMOVED_FROM_ENUM: Y was removed from enum type E. It was deprecated: Use X.
            Dangerous In.y FIELD_REMOVED: In.y was removed. It was deprecated: No longer supported
            Dangerous Query.b(x:) ARG_REMOVED: Query.b arg x was removed. It was deprecated: No longer supported
            """,
            Text(before, after, new SchemaComparisonOptions { AllowRemovalOfDeprecated = true }));
    }

    [Fact]
    public void A_new_type_is_a_new_object_of_the_interfaces_that_were_there() => Check(
        before: "type Query { a: I } interface I { id: ID } type A implements I { id: ID }",
        after:
            """
            type Query { a: I }
            interface I { id: ID }
            interface J { id: ID }
            type A implements I { id: ID }
            type B implements I & J { id: ID }
            """,
        changes:
            """
            Dangerous B TYPE_ADDED_TO_INTERFACE: B was added to the objects of interface I.
            Safe B TYPE_ADDED: B was added.
            Safe J TYPE_ADDED: J was added.
            """);

    // old type, old field, new type, new field
    [Theory]
    [InlineData("@authenticated", "", "@authenticated", "@authenticated", "")]
    [InlineData("@authenticated", "", "", "@authenticated", "Dangerous T ACCESS_LOOSENED")]
    [InlineData("", "@authenticated", "@authenticated", "", "Breaking T ACCESS_TIGHTENED")]
    [InlineData("", "", "@authenticated", "", "Breaking T ACCESS_TIGHTENED")]
    [InlineData("@authenticated", "", "@authenticated", "@policy(policies: [[\"p\"]])", "Breaking T.x ACCESS_TIGHTENED")]
    [InlineData("", "@requiresScopes(scopes: [[\"a\"]])", "@authenticated", "", "Breaking T ACCESS_TIGHTENED; Dangerous T.x ACCESS_LOOSENED")]
    [InlineData("@requiresScopes(scopes: [[\"a\"]])", "@requiresScopes(scopes: [[\"b\"]])", "@requiresScopes(scopes: [[\"a\"]])", "@requiresScopes(scopes: [[\"a\", \"b\"]])", "")]
    [InlineData("@requiresScopes(scopes: [[\"a\"]])", "", "@requiresScopes(scopes: [[\"a\"]])", "@requiresScopes(scopes: [[\"a\"], [\"b\"]])", "")]
    [InlineData("@requiresScopes(scopes: [[\"a\"], [\"b\"]])", "", "@requiresScopes(scopes: [[\"a\"], [\"b\"]])", "@requiresScopes(scopes: [[\"b\"]])", "Breaking T.x ACCESS_TIGHTENED")]
    public void What_a_field_needs_is_what_it_and_its_type_need(string type, string field, string typeNow, string fieldNow, string changes) => Assert.Equal(
        changes,
        string.Join("; ", SchemaComparison.Compare(Compose(Guarded(type, field)), Compose(Guarded(typeNow, fieldNow)))
            .Select(change => $"{change.Severity} {change.Coordinate} {change.WireCode}")));

    private static string Guarded(string type, string field) => $"type Query {{ t: T }} type T {type} {{ x: Int {field} }}";

    [Fact]
    public void Who_may_see_a_member_and_what_it_costs_is_compared_between_graphs()
    {
        var before = Compose("""
            type Query { a(x: Int @cost(weight: 2)): A b: [Int] @listSize(assumedSize: 3) c: [Int] @listSize(assumedSize: 3) new: Int @cost(weight: 1) }
            type A @cost(weight: 5) { open: Int closed: Int @authenticated scopes: Int @requiresScopes(scopes: [["a"]]) other: Int @policy(policies: [["a"], ["b"]]) same: Int @requiresScopes(scopes: [["a", "b"]]) }
            type B @authenticated { id: Int }
            """);
        var after = Compose("""
            type Query { a(x: Int @cost(weight: 3)): A b: [Int] @listSize(assumedSize: 4) c: [Int] @listSize(assumedSize: 3) new: Int }
            type A @cost(weight: 4) { open: Int @authenticated closed: Int scopes: Int @requiresScopes(scopes: [["a"], ["b"]]) other: Int @policy(policies: [["a"]]) same: Int @requiresScopes(scopes: [["b", "a"]]) }
            type B @requiresScopes(scopes: [["a"]]) { id: Int }
            """);

        Assert.Equal(
            """
            Breaking A.open ACCESS_TIGHTENED: A.open requires @authenticated and required nothing before: not everybody who could see it still can.
            Breaking A.other ACCESS_TIGHTENED: A.other requires @policy(policies: [["a"]]) and required @policy(policies: [["a"], ["b"]]) before: not everybody who could see it still can.
            Breaking B ACCESS_TIGHTENED: B requires @requiresScopes(scopes: [["a"]]) and required @authenticated before: not everybody who could see it still can.
            Dangerous A.closed ACCESS_LOOSENED: A.closed requires nothing and required @authenticated before: more can see it than before.
            Dangerous A.scopes ACCESS_LOOSENED: A.scopes requires @requiresScopes(scopes: [["a"], ["b"]]) and required @requiresScopes(scopes: [["a"]]) before: more can see it than before.
            Dangerous Query.a(x:) COST_RAISED: Query.a(x:) costs 3 and cost 2 before.
            Dangerous Query.b LIST_SIZE_CHANGE: Query.b is taken to have 4 items and was taken to have 3 before: requests cost more.
            Safe A COST_LOWERED: A costs 4 and cost 5 before.
            Safe Query.new COST_LOWERED: Query.new costs 0 and cost 1 before.
            """,
            string.Join("\n", SchemaComparison.Compare(before, after).Select(change => $"{change.Severity} {change.Coordinate} {change.WireCode}: {change.Message}")));

        // A schema for clients tells costs and nothing of access; one that was made from introspection tells no costs either.
        Assert.Equal(
            "Query.a(x:) Query.b A Query.new",
            string.Join(' ', SchemaComparison.Compare(before.PublicSchema, after.PublicSchema).Select(change => change.Coordinate)));
        Assert.Empty(SchemaComparison.Compare(
            Build("type Query { a(x: Int): A b: [Int] c: [Int] new: Int } type A { open: Int closed: Int scopes: Int other: Int same: Int } type B { id: Int }"), after.PublicSchema)
            .Where(change => change.Code is not (ChangeCode.DirectiveAdded or ChangeCode.TypeAdded)));
    }

    [Fact]
    public void How_long_a_list_is_taken_to_be_is_compared_in_words()
    {
        var before = Compose("""
            type Query { a: [Int] @listSize(assumedSize: 10) b: [Int] @listSize(assumedSize: 100) c(first: Int): [Int] @listSize(assumedSize: 10) d: [Int] e: [Int] @listSize(assumedSize: 10) }
            """);
        var after = Compose("""
            type Query { a: [Int] @listSize(assumedSize: 100) b: [Int] @listSize(assumedSize: 10)
              c(first: Int): [Int] @listSize(assumedSize: 20, slicingArguments: ["first"]) d: [Int] @listSize(assumedSize: 10) e: [Int] }
            """);

        Assert.Equal(
            """
            Dangerous Query.a: Query.a is taken to have 100 items and was taken to have 10 before: requests cost more.
            Dangerous Query.c: Query.c is sized by @listSize(assumedSize: 20, slicingArguments: ["first"]) and was sized by @listSize(assumedSize: 10) before: requests can cost more.
            Dangerous Query.d: Query.d is sized by @listSize(assumedSize: 10) and was sized by nothing before: requests can cost more.
            Dangerous Query.e: Query.e is sized by nothing and was sized by @listSize(assumedSize: 10) before: requests can cost more.
            Safe Query.b: Query.b is taken to have 10 items and was taken to have 100 before: requests cost less.
            """,
            string.Join("\n", SchemaComparison.Compare(before, after).Select(change => $"{change.Severity} {change.Coordinate}: {change.Message}")));
    }

    private static Supergraph Compose(string sdl)
    {
        var link = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@authenticated\", \"@requiresScopes\", \"@policy\", \"@cost\", \"@listSize\"])\n";
        var result = Composer.Compose([new SourceInput { Name = "a", Documents = [new SourceText(link + sdl, "a.graphqls")] }]);
        Assert.Empty(result.Problems);
        return result.Supergraph!;
    }

    private static void Check(string before, string after, string changes) =>
        Assert.Equal(changes, Text(Build(before), Build(after), new SchemaComparisonOptions()));

    private static string Text(Schema before, Schema after, SchemaComparisonOptions options) => string.Join(
        "\n",
        SchemaComparison.Compare(before, after, options)
            .Select(change => $"{change.Severity} {change.Coordinate} {change.WireCode}: {change.Message}"));

    private static Schema Build(string text)
    {
        var built = SchemaBuilder.Build(
            Parser.ParseDocument(new SourceText(text), ParserOptions.Schema).Value!, new SchemaBuilderOptions { AllowLegacySchemas = true });
        Assert.Empty(built.Errors);
        return built.Schema!;
    }
}
