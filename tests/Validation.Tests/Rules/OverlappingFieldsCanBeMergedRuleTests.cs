using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class OverlappingFieldsCanBeMergedRuleTests
{
    [Fact]
    public void Equal_fields_are_one() => Expect.Valid(
        """
        { dog { name name nickname: name otherName: name isAtLocation(x: 1, y: 2) isAtLocation(y: 2, x: 1) mother { name } mother { barks name } } }
        """);

    [Fact]
    public void Different_fields_of_objects_that_never_meet() => Expect.Valid(
        """
        { pet { ... on Dog { x: name v: barkVolume mother { n: name } } ... on Cat { x: nickname v: meowsVolume } } boxes { ... on StringBox { unrelatedField b: deepBox { unrelatedField } } ... on IntBox { unrelatedField b: deepBox { unrelatedField } } } }
        """);

    [Fact]
    public void Different_fields_under_one_key() => Expect.Errors(
        """
        {
          dog {
            fido: name
            fido: nickname
          }
        }
        """,
        """
        3:5 4:5 Fields "fido" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void An_alias_that_hides_a_field() => Expect.Errors(
        """
        { dog { name: nickname name } }
        """,
        """
        1:9 1:24 Fields "name" conflict because "nickname" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Differing_arguments() => Expect.Errors(
        """
        { dog { doesKnowCommand doesKnowCommand(dogCommand: HEEL) } d: dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: HEEL) } e: dog { isAtLocation(x: 1) isAtLocation(y: 1) } }
        """,
        """
        1:9 1:25 Fields "doesKnowCommand" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.
        1:70 1:103 Fields "doesKnowCommand" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.
        1:148 1:167 Fields "isAtLocation" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Conflicts_in_fragments() => Expect.Errors(
        """
        { dog { ...A ...B } }
        fragment A on Dog { x: name }
        fragment B on Dog { x: nickname ...C }
        fragment C on Dog { x: barks }
        """,
        """
        2:21 3:21 Fields "x" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        2:21 4:21 Fields "x" conflict because "name" and "barks" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        3:21 4:21 Fields "x" conflict because "nickname" and "barks" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Conflicts_in_fragments_are_told_once_for_each_set() => Expect.Errors(
        """
        query Q { a: dog { ...A } b: dog { ...B ...A } c: dog { ...B x: barks } }
        fragment A on Dog { x: name }
        fragment B on Dog { x: nickname }
        """,
        """
        3:21 2:21 Fields "x" conflict because "nickname" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        1:62 3:21 Fields "x" conflict because "barks" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Conflicts_of_sub_fields() => Expect.Errors(
        """
        {
          dog { m: mother { x: name y: barks } m: mother { x: nickname y: barkVolume } }
        }
        """,
        """
        2:9 2:21 2:29 2:40 2:52 2:64 Fields "m" conflict because subfields "x" conflict because "name" and "nickname" are different fields and subfields "y" conflict because "barks" and "barkVolume" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Very_deep_conflicts() => Expect.Errors(
        """
        { dog { mother { mother { x: name } } } dog { mother { mother { x: nickname } } } }
        """,
        """
        1:3 1:9 1:18 1:27 1:41 1:47 1:56 1:65 Fields "dog" conflict because subfields "mother" conflict because subfields "mother" conflict because subfields "x" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Conflicts_through_fragments_in_sub_fields() => Expect.Errors(
        """
        { dog { mother { ...A } mother { ...B } } }
        fragment A on Dog { x: name ...C }
        fragment B on Dog { ...D y: barks }
        fragment C on Dog { y: name }
        fragment D on Dog { x: nickname }
        """,
        """
        1:9 2:21 4:21 1:25 5:21 3:26 Fields "mother" conflict because subfields "x" conflict because "name" and "nickname" are different fields and subfields "y" conflict because "name" and "barks" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Conflicting_types_of_objects_that_never_meet() => Expect.Errors(
        """
        { boxes { ... on StringBox { scalar } ... on IntBox { scalar } ... on NonNullStringBox1 { scalar } } someBox { ... on IntBox { deepBox { scalar } b: listStringBox { unrelatedField } } ... on StringBox { deepBox { scalar } b: stringBox { unrelatedField } } } }
        """,
        """
        1:30 1:55 Fields "scalar" conflict because they return conflicting types "String" and "Int". Use different aliases on the fields to fetch both if this was intentional.
        1:30 1:91 Fields "scalar" conflict because they return conflicting types "String" and "String!". Use different aliases on the fields to fetch both if this was intentional.
        1:55 1:91 Fields "scalar" conflict because they return conflicting types "Int" and "String!". Use different aliases on the fields to fetch both if this was intentional.
        1:128 1:138 1:204 1:214 Fields "deepBox" conflict because subfields "scalar" conflict because they return conflicting types "Int" and "String". Use different aliases on the fields to fetch both if this was intentional.
        1:147 1:223 Fields "b" conflict because they return conflicting types "[StringBox]" and "StringBox". Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Abstract_parents_may_meet() => Expect.Errors(
        """
        { pet { ... on Dog { x: barks } ... on Pet { x: name } } someBox { ... on IntBox { x: unrelatedField } ... on SomeBox { x: deepBox { unrelatedField } } } }
        """,
        """
        1:22 1:46 Fields "x" conflict because "barks" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        1:84 1:121 Fields "x" conflict because "unrelatedField" and "deepBox" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Leaf_against_composite() => Expect.Errors(
        """
        { boxes { ... on StringBox { s: scalar } ... on IntBox { s: stringBox { scalar } } } }
        """,
        """
        1:30 1:58 Fields "s" conflict because they return conflicting types "String" and "StringBox". Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Fragments_in_cycles_end() => Expect.Errors(
        """
        { dog { ...A name } }
        fragment A on Dog { mother { ...A } x: name x: barks ...A }
        """,
        """
        2:54 Cannot spread fragment "A" within itself.
        2:30 Cannot spread fragment "A" within itself.
        2:37 2:45 Fields "x" conflict because "name" and "barks" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);

    [Fact]
    public void Unknown_fields_and_fragments() => Expect.Errors(
        """
        { dog { x: unknown x: name ...Nope } nope { a: b a: c } }
        """,
        """
        1:9 1:20 Fields "x" conflict because "unknown" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        1:9 Cannot query field "unknown" on type "Dog".
        1:31 Unknown fragment "Nope".
        1:38 Cannot query field "nope" on type "Query".
        1:45 1:50 Fields "a" conflict because "b" and "c" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        """);
}
