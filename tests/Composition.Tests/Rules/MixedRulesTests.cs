using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>Where the dialects' rules differ and a member has sources of both, the stricter rule holds.</summary>
public sealed class MixedRulesTests
{
    private const string Link = """extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@override"])""";

    [Fact]
    public void An_argument_has_one_default_where_a_source_is_Apollo_s()
    {
        // Composite Schemas takes the first one.
        Check(
            """
            # source a
            type Query { f(a: Int = 1): Int @shareable }
            # source b
            type Query { f(a: Int = 2): Int @shareable }
            """,
            "");
        Check(
            $$"""
            # source a
            {{Link}}
            type Query { f(a: Int = 1): Int @shareable }
            # source b
            type Query { f(a: Int): Int @shareable }
            # source c
            type Query { f(a: Int = 1): Int @shareable }
            """,
            "");
        Check(
            $$"""
            # source a
            {{Link}}
            type Query { f(a: Int = 1): Int @shareable }
            # source b
            type Query { f(a: Int): Int @shareable }
            # source c
            type Query { f(a: Int = 2): Int @shareable }
            """,
            """
            a.graphqls:2:16 FIELD_ARGUMENT_DEFAULT_MISMATCH The argument "a" of Query.f has different defaults: a says 1; c says 2.
              also c.graphqls:1:16
              hint: Use the same default everywhere; sources may also leave it out.
            """);
    }

    [Fact]
    public void A_chain_of_overrides_is_none_of_Apollo_s()
    {
        Check(
            """
            # source a
            type Query { rose: Int }
            # source b
            type Query { rose: Int @override(from: "a") }
            # source c
            type Query { rose: Int @override(from: "b") }
            """,
            "");
        Check(
            $$"""
            # source a
            {{Link}}
            type Query { rose: Int lily: Int }
            # source b
            type Query { rose: Int @override(from: "a") tulip: Int }
            """,
            "");
        Check(
            $$"""
            # source a
            {{Link}}
            type Query { rose: Int lily: Int }
            # source b
            type Query { rose: Int @override(from: "a") tulip: Int }
            # source c
            {{Link}}
            type Query { rose: Int @override(from: "b") tulip: Int @override(from: "b") }
            """,
            """
            b.graphqls:1:24 OVERRIDE_SOURCE_HAS_OVERRIDE Query.rose has several @override (b from a, c from b): one takes it from a source that takes it from another, which Apollo Federation does not allow, and a source of the field writes that dialect.
              also c.graphqls:2:24
              hint: Keep @override in the source that shall own the field, and remove the field from the others.
            """);
        Check(
            $$"""
            # source a
            {{Link}}
            type Query { rose: Int }
            # source b
            type Query { rose: Int @override(from: "a") }
            # source c
            type Query { rose: Int @override(from: "b") }
            """,
            """
            b.graphqls:1:24 OVERRIDE_SOURCE_HAS_OVERRIDE Query.rose has several @override (b from a, c from b): one takes it from a source that takes it from another, which Apollo Federation does not allow, and a source of the field writes that dialect.
              also c.graphqls:1:24
              hint: Keep @override in the source that shall own the field, and remove the field from the others.
            """);
    }

    private static void Check(string sources, string problems) => Assert.Equal(problems, Rule.Text(Rule.Compose(sources)));
}
