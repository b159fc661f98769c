namespace GraphGateway.Subgraphs.Server.Common;

/// <summary>A failure that belongs to the business: a payload's data, not an error of the request. The interface <c>Error</c> of the schemas.</summary>
public interface IError
{
    /// <summary>What went wrong, for people.</summary>
    string Message { get; }
}

/// <summary>A value in the input that cannot be accepted.</summary>
/// <param name="Message">What is wrong with the value.</param>
/// <param name="Field">The path of the input field, such as <c>address.city</c>.</param>
[GraphQLType("InvalidInputError")]
public sealed record InvalidInputError(string Message, string Field) : IError;

/// <summary>Collects everything that is wrong with an input, so that its sender mends it in one go.</summary>
public sealed class InputErrors
{
    private readonly List<IError> _errors = [];

    /// <summary>True when nothing was wrong.</summary>
    public bool IsEmpty => _errors.Count == 0;

    /// <summary>What was wrong, in the order of the checks.</summary>
    public IReadOnlyList<IError> All => _errors;

    /// <summary>Notes the message when the value is not fine.</summary>
    public void Check(bool isFine, string field, string message)
    {
        if (!isFine)
        {
            _errors.Add(new InvalidInputError(message, field));
        }
    }

    /// <summary>Notes a text that is empty, blank or too long.</summary>
    public void CheckText(string text, string field, int lengthMax) =>
        Check(!string.IsNullOrWhiteSpace(text) && text.Length <= lengthMax, field, $"Give 1 to {lengthMax} characters.");
}
