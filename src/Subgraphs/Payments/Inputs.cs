using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;

namespace GraphGateway.Subgraphs.Payments;

/// <summary>Who pays what, for which order, and how.</summary>
[GraphQLType("PayInput")]
public sealed record PayInput(string IdempotencyKey, string OrderId, string PayerId, MoneyInput Amount, PaymentMethodInput Method);

/// <summary>An amount of money.</summary>
[GraphQLType("MoneyInput")]
public sealed record MoneyInput(decimal Amount, Currency Currency);

/// <summary>How to pay: one of these is not null.</summary>
[GraphQLType("PaymentMethodInput")]
public sealed record PaymentMethodInput(CardPaymentInput? Card, BankTransferInput? BankTransfer, WalletPaymentInput? Wallet);

/// <summary>With a card.</summary>
[GraphQLType("CardPaymentInput")]
public sealed record CardPaymentInput(CardBrand Brand, string LastDigits, int ExpiryMonth, int ExpiryYear);

/// <summary>From a bank account.</summary>
[GraphQLType("BankTransferInput")]
public sealed record BankTransferInput(string BankName, string IbanSuffix);

/// <summary>From an electronic purse.</summary>
[GraphQLType("WalletPaymentInput")]
public sealed record WalletPaymentInput(WalletProvider Provider);

/// <summary>What came of paying.</summary>
[GraphQLType("PayPayload")]
public sealed record PayPayload(PaymentRow? Payment, IReadOnlyList<IError> Errors);

/// <summary>The idempotency key was used before, with other input.</summary>
[GraphQLType("IdempotencyConflictError")]
public sealed record IdempotencyConflictError(PaymentRow Payment) : IError
{
    public string Message => "The idempotency key was used for another payment. Give a new payment a new key.";
}

/// <summary>The card's last month is over.</summary>
[GraphQLType("CardExpiredError")]
public sealed record CardExpiredError(int ExpiryMonth, int ExpiryYear) : IError
{
    public string Message => $"The card expired after {ExpiryYear:0000}-{ExpiryMonth:00}.";
}
