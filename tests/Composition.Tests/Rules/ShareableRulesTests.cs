using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ShareableRulesTests
{
    [Fact]
    public void Only_fields_of_objects_are_shared_and_no_subscriptions() => Rule.Check(
        good:
            """
            # source a
            type Query { ok: Int @shareable }
            type Subscription { planted: Int }
            """,
        bad:
            """
            # source a
            type Query { plant: Plant }
            interface Plant { id: ID! @shareable }
            type Rose implements Plant { id: ID! }
            type Subscription { planted: Int @shareable }
            """,
        problems:
            """
            a.graphqls:2:27 INVALID_SHAREABLE_USAGE Plant.id is @shareable, and Plant is an interface: only the objects that implement it resolve fields.
              hint: Move @shareable to the field of each object that implements Plant.

            a.graphqls:4:34 INVALID_SHAREABLE_USAGE Subscription.planted is @shareable, and the events of a subscription come from one source.
              hint: Remove @shareable.
            """);

    [Fact]
    public void A_field_with_several_owners_is_marked_in_all_of_them() => Rule.Check(
        good:
            """
            # source a
            type Query { rose: Int @shareable lily: Int }
            # source b
            type Query { rose: Int @shareable lily: Int @override(from: "a") }
            """,
        bad:
            """
            # source a
            type Query {
              rose: Int @shareable
            }
            # source b
            type Query {
              rose: Int
            }
            """,
        problems:
            """
            a.graphqls:2:3 INVALID_FIELD_SHARING Query.rose is resolved by a and b, and not marked as @shareable in b.
              also b.graphqls:2:3
              hint: Mark it as @shareable in all of them if they give the same value; otherwise keep it in one, or rename it in the others.
            """);
}
