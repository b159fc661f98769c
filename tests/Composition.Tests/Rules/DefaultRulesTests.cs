using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>Defaults are compared as the values that they are, and name only what is composed.</summary>
public sealed class DefaultRulesTests
{

    [Fact]
    public void Defaults_are_compared_as_values() => Rule.Check(
        good:
            """
            # source a
            type Query { f(i: I): Int }
            input I { p: P = {y: 2, x: [1]} f: Float = 1 id: ID = "1" }
            input P { x: [Int] y: Int z: Int = 3 }
            # source b
            type Query { g(i: I): Int }
            input I { p: P = {x: 1, y: 2, z: 3} f: Float = 1.0 id: ID = 1 }
            input P { x: [Int] y: Int z: Int = 3 }
            """,
        bad:
            """
            # source a
            type Query { f(i: I): Int }
            input I { p: P = {y: 2, x: [1]} f: Float = 1 id: ID = "1" }
            input P { x: [Int] y: Int z: Int = 3 }
            # source b
            type Query { g(i: I): Int }
            input I { p: P = {x: 1, y: 3} f: Float = 1.0 id: ID = 1 }
            input P { x: [Int] y: Int z: Int = 3 }
            """,
        problems:
            """
            a.graphqls:2:11 INPUT_FIELD_DEFAULT_MISMATCH The input field I.p has different defaults: a says {y: 2, x: [1]}; b says {x: 1, y: 3}.
              also b.graphqls:2:11
              hint: Use the same default everywhere; sources may also leave it out.
            """);

    [Fact]
    public void A_default_names_only_what_all_sources_have() => Rule.Check(
        good:
            """
            # source a
            type Query { f(i: I = {x: 1}): Int g(c: [I!] = [{x: 1}]): Int h(i: J): Int }
            input I { x: Int old: Int }
            input J { i: I = {x: 1} }
            # source b
            type Query { k(i: I): Int }
            input I { x: Int }
            """,
        bad:
            """
            # source a
            type Query { f(i: I = {x: 1, old: 2}): Int g(c: [I!] = [{x: 1, old: 2}]): Int h(i: J): Int }
            input I { x: Int old: Int }
            input J { i: I = {old: 1} }
            # source b
            type Query { k(i: I): Int }
            input I { x: Int }
            """,
        problems:
            """
            a.graphqls:1:16 INVALID_GRAPHQL The default {x: 1, old: 2} of Query.f(i:) names I.old, which not all sources have, so that it is not composed.
              also a.graphqls:2:18
              hint: Add I.old everywhere, or use another default.

            a.graphqls:1:46 INVALID_GRAPHQL The default [{x: 1, old: 2}] of Query.g(c:) names I.old, which not all sources have, so that it is not composed.
              also a.graphqls:2:18
              hint: Add I.old everywhere, or use another default.

            a.graphqls:3:11 INVALID_GRAPHQL The default {old: 1} of J.i names I.old, which not all sources have, so that it is not composed.
              also a.graphqls:2:18
              hint: Add I.old everywhere, or use another default.
            """);

    [Fact]
    public void A_default_that_is_too_long_to_read_is_shortened()
    {
        var word = new string('x', 2000);
        var problem = Assert.Single(Rule.Compose(
            $$"""
            # source a
            type Query { f(i: I): Int }
            input I { text: String = "{{word}}" }
            # source b
            type Query { g(i: I): Int }
            input I { text: String = "y" }
            """).Problems);

        Assert.Equal(
            $"The input field I.text has different defaults: a says \"{word[..945]} […669 characters…] {word[..386]}\"; b says \"y\".",
            problem.Message);
    }
}
