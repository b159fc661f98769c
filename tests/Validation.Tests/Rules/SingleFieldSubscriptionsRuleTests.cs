using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class SingleFieldSubscriptionsRuleTests
{
    [Fact]
    public void One_root_field_is_fine() => Expect.Valid(
        """
        subscription S { importantEmails }
        """);

    [Fact]
    public void The_same_field_twice_is_one() => Expect.Valid(
        """
        subscription S { importantEmails ...F }
        fragment F on Subscription { importantEmails }
        """);

    [Fact]
    public void Two_root_fields_are_not() => Expect.Errors(
        """
        subscription S {
          importantEmails
          notImportantEmails
          other: importantEmails
        }
        """,
        """
        3:3 4:3 Subscription "S" must select only one top level field.
        """);

    [Fact]
    public void Fragments_count() => Expect.Errors(
        """
        subscription {
          importantEmails
          ...F
          ... { notImportantEmails }
        }
        fragment F on Subscription { more { iq } ...F }
        """,
        """
        6:30 4:9 Anonymous Subscription must select only one top level field.
        6:42 Cannot spread fragment "F" within itself.
        """);

    [Fact]
    public void Introspection_fields_are_not_root_fields() => Expect.Errors(
        """
        subscription S { __typename }
        """,
        """
        1:18 Subscription "S" must not select an introspection top level field.
        """);

    [Fact]
    public void Introspection_fields_are_not_root_fields_under_another_name() => Expect.Errors(
        """
        subscription { a: __typename b: importantEmails }
        """,
        """
        1:30 Anonymous Subscription must select only one top level field.
        1:16 Anonymous Subscription must not select an introspection top level field.
        """);

    /// <summary>September 2025's rule; graphql-js 16 does not have it yet.</summary>
    [Fact]
    public void A_root_field_is_not_conditional() => Expect.Errors(
        """
        subscription S($x: Boolean!) { importantEmails @include(if: $x) ...F @skip(if: $x) }
        fragment F on Subscription { importantEmails }
        """,
        """
        1:48 1:70 Subscription "S" must not use `@skip` or `@include` directives in the top level selection.
        """);

    [Fact]
    public void Fields_of_fragments_on_other_types_are_no_root_fields() => Expect.Errors(
        "subscription S { importantEmails ... on Dog { name } }",
        """
        1:34 Fragment cannot be spread here as objects of type "Subscription" can never be of type "Dog".
        """);
}
