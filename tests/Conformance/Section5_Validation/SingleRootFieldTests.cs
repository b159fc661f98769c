using Xunit;

namespace GraphGateway.Conformance.Section5;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Single-Root-Field">Single Root Field</see>.
/// </summary>
public sealed class SingleRootFieldTests
{
    [Fact]
    public void One_root_field() => Documents.Valid("subscription Sub { newSighting { text by } }");

    [Fact]
    public void One_root_field_in_a_fragment() => Documents.Valid(
        """
        subscription Sub { ...Sightings }
        fragment Sightings on Subscription { newSighting { text by } }
        """);

    [Fact]
    public void The_same_response_key_twice_is_one_entry() =>
        Documents.Valid("subscription Sub { newSighting { text } newSighting { by } }");

    [Fact]
    public void Two_root_fields() => Documents.Refused(
        """
        subscription Sub {
          newSighting { text by }
          newAlert { text }
        }
        """,
        """3:3 Subscription "Sub" must select only one top level field.""");

    [Fact]
    public void Two_root_fields_in_a_fragment() => Documents.Refused(
        """
        subscription Sub { ...Both }
        fragment Both on Subscription {
          newSighting { text by }
          newAlert { text }
        }
        """,
        """4:3 Subscription "Sub" must select only one top level field.""");

    [Fact]
    public void Two_root_fields_in_an_inline_fragment() => Documents.Refused(
        "subscription { ... { newSighting { text } newAlert { text } } }",
        "1:43 Anonymous Subscription must select only one top level field.");

    [Fact]
    public void The_same_field_under_two_response_keys() => Documents.Refused(
        "subscription Sub { newSighting { text } again: newSighting { text } }",
        """1:41 Subscription "Sub" must select only one top level field.""");

    [Fact]
    public void An_introspection_field() =>
        Documents.Refused("subscription Sub { __typename }", """1:20 Subscription "Sub" must not select an introspection top level field.""");

    [Fact]
    public void An_introspection_field_beside_a_root_field() => Documents.Refused(
        "subscription Sub { newSighting { text } __typename }",
        """
        1:41 Subscription "Sub" must select only one top level field.
        1:41 Subscription "Sub" must not select an introspection top level field.
        """);

    [Fact]
    public void An_introspection_field_in_a_fragment() => Documents.Refused(
        "subscription Sub { ...F } fragment F on Subscription { __typename }",
        """1:56 Subscription "Sub" must not select an introspection top level field.""");

    [Fact]
    public void Neither_skip_nor_include_at_the_root() => Documents.Refused(
        """
        subscription Sub($bool: Boolean!) {
          newSighting @include(if: $bool) { text by }
          newAlert @skip(if: $bool) { text }
        }
        """,
        """2:15 3:12 Subscription "Sub" must not use `@skip` or `@include` directives in the top level selection.""");

    [Fact]
    public void Not_even_around_one_root_field() => Documents.Refused(
        "subscription Sub($bool: Boolean!) { newSighting @include(if: $bool) { text } }",
        """1:49 Subscription "Sub" must not use `@skip` or `@include` directives in the top level selection.""");

    [Fact]
    public void Not_on_a_fragment_at_the_root_either() => Documents.Refused(
        "subscription Sub($bool: Boolean!) { ...F @skip(if: $bool) } fragment F on Subscription { newSighting { text } }",
        """1:42 Subscription "Sub" must not use `@skip` or `@include` directives in the top level selection.""");

    [Fact]
    public void Not_inside_a_fragment_at_the_root() => Documents.Refused(
        "subscription Sub($bool: Boolean!) { ... { newSighting @skip(if: $bool) { text } } }",
        """1:55 Subscription "Sub" must not use `@skip` or `@include` directives in the top level selection.""");

    [Fact]
    public void Below_the_root_both_are_allowed() =>
        Documents.Valid("subscription Sub($bool: Boolean!) { newSighting { text @skip(if: $bool) by @include(if: $bool) } }");

    [Fact]
    public void A_document_may_have_several_subscriptions() =>
        Documents.Valid("subscription A { newSighting { text } } subscription B { newAlert { text } }");
}
