using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Validation.Tests;

public sealed class ValidatorTests
{
    private static readonly ValidationOptions NoSuggestions = new() { Suggestions = false };

    [Fact]
    public void Without_suggestions_no_message_tells_names_of_the_schema() => Expect.Errors(
        """
        query ($a: Strin) { dog { nam pet: mother name(surnam: true) } pet { nickname } complicatedArgs { enumArgField(enumArg: TA)
          complexArgField(complexArg: {requiredField: true, intFiel: $a}) } }
        """,
        """
        1:12 Unknown type "Strin".
        1:27 Cannot query field "nam" on type "Dog".
        1:31 Field "mother" of type "Dog" must have a selection of subfields.
        1:48 Unknown argument "surnam" on field "Dog.name".
        1:70 Cannot query field "nickname" on type "Pet".
        1:121 Value "TA" does not exist in "FurColor" enum.
        2:53 Field "intFiel" is not defined by type "ComplexInput".
        """,
        NoSuggestions);

    [Fact]
    public void After_too_many_errors_one_says_that_validation_stopped() => Expect.Errors(
        "{ a b c d }",
        """
        1:3 Cannot query field "a" on type "Query".
        1:5 Cannot query field "b" on type "Query".
        Too many validation errors, error limit reached. Validation aborted.
        """,
        new ValidationOptions { MaxErrors = 2, Suggestions = false });

    [Fact]
    public void A_valid_document_knows_its_operations_and_fragments()
    {
        var document = Validator.Validate(
            Expect.Schema, Expect.Parse("query A { dog { ...F } } subscription B { importantEmails } fragment F on Dog { name }")).Document!;

        Assert.Equal(["A", "B"], document.Operations.Select(operation => operation.Definition.Name?.Value));
        Assert.Same(Expect.Schema.SubscriptionType, document.Operations[1].RootType);
        Assert.Same(document, document.Operations[0].Document);
        Assert.Equal("Dog", document.Fragments["F"].TypeCondition.Name.Value);
    }

    [Theory]
    [InlineData("{ dog { name } }", null, null)]
    [InlineData("query A { dog { name } }", null, null)]
    [InlineData("query A { dog { name } }", "A", null)]
    [InlineData("query A { dog { name } }", "B", "Unknown operation named \"B\".")]
    [InlineData("{ dog { name } }", "", "Unknown operation named \"\".")]
    [InlineData("query A { dog { name } } query B { dog { name } }", "B", null)]
    [InlineData(
        "query A { dog { name } } query B { dog { name } }", null, "Must provide operation name if query contains multiple operations.")]
    public void An_operation_is_selected_by_name_or_because_it_is_the_only_one(string text, string? name, string? message)
    {
        var selection = Validator.Validate(Expect.Schema, Expect.Parse(text)).Document!.SelectOperation(name);

        Assert.Equal(message, selection.Error?.Message);
        Assert.Equal(message is null, selection.Operation is not null);
        if (message is null)
        {
            Assert.Equal(name ?? selection.Operation!.Definition.Name?.Value, selection.Operation!.Definition.Name?.Value);
        }
        else
        {
            Assert.Equal(ErrorCode.GraphqlUnknownOperationName, selection.Error!.Code);
        }
    }
}
