using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class FieldsOnCorrectTypeRuleTests
{
    [Fact]
    public void Fields_of_the_type_are_fine() => Expect.Valid(
        """
        { __schema { types { name } } __type(name: "X") { name } dog { __typename tn: __typename alias: name } pet { name ... on Dog { barks } } catOrDog { __typename } }
        """);

    [Fact]
    public void An_unknown_field_is_told_with_what_is_like_it() => Expect.Errors(
        """
        { dog { nam barkVol unknown { deeper } } pet { barkVolume } catOrDog { name meows } cat { __schema { types { name } } } }
        """,
        """
        1:9 Cannot query field "nam" on type "Dog". Did you mean "name"?
        1:13 Cannot query field "barkVol" on type "Dog". Did you mean "barkVolume" or "barks"?
        1:21 Cannot query field "unknown" on type "Dog".
        1:48 Cannot query field "barkVolume" on type "Pet". Did you mean to use an inline fragment on "Dog"?
        1:72 Cannot query field "name" on type "CatOrDog". Did you mean to use an inline fragment on "Pet", "Canine", "Cat", or "Dog"?
        1:77 Cannot query field "meows" on type "CatOrDog". Did you mean to use an inline fragment on "Cat"?
        1:91 Cannot query field "__schema" on type "Cat".
        """);

    [Fact]
    public void A_field_on_an_interface_that_only_implementors_have() => Expect.Errors(
        """
        { pet { nickname } someBox { scalar } boxes { scalar deepBox { x } } }
        """,
        """
        1:9 Cannot query field "nickname" on type "Pet". Did you mean to use an inline fragment on "Cat" or "Dog"?
        1:30 Cannot query field "scalar" on type "SomeBox". Did you mean to use an inline fragment on "IntBox" or "StringBox"?
        1:47 Cannot query field "scalar" on type "Boxes". Did you mean to use an inline fragment on "IntBox", "NonNullStringBox1", or "StringBox"?
        1:54 Cannot query field "deepBox" on type "Boxes". Did you mean to use an inline fragment on "SomeBox", "IntBox", or "StringBox"?
        """);

    [Fact]
    public void Fields_on_unknown_types_are_left_alone() => Expect.Errors(
        """
        { unknown { a { b } } dog { ... on Unknown { c } } }
        """,
        """
        1:3 Cannot query field "unknown" on type "Query".
        1:36 Unknown type "Unknown".
        """);
}
