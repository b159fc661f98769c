using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class ScalarLeafsRuleTests
{
    [Fact]
    public void A_scalar_has_no_selection() => Expect.Errors(
        """
        { dog { barks { a } doesKnowCommand { b } name(surname: true) @include(if: true) { c } } cat { furColor { d } } }
        """,
        """
        1:15 Field "barks" must not have a selection since type "Boolean" has no subfields.
        1:37 Field "doesKnowCommand" must not have a selection since type "Boolean" has no subfields.
        1:82 Field "name" must not have a selection since type "String" has no subfields.
        1:105 Field "furColor" must not have a selection since type "FurColor" has no subfields.
        """);

    [Fact]
    public void An_object_needs_one() => Expect.Errors(
        """
        { human dog { mother } human2: human { relatives pets } }
        """,
        """
        1:3 Field "human" of type "Human" must have a selection of subfields. Did you mean "human { ... }"?
        1:15 Field "mother" of type "Dog" must have a selection of subfields. Did you mean "mother { ... }"?
        1:40 Field "relatives" of type "[Human]!" must have a selection of subfields. Did you mean "relatives { ... }"?
        1:50 Field "pets" of type "[Pet]" must have a selection of subfields. Did you mean "pets { ... }"?
        """);
}
