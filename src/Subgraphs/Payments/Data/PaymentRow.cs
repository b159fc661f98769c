using GraphGateway.Subgraphs.Server;

namespace GraphGateway.Subgraphs.Payments.Data;

/// <summary>How far a payment has come.</summary>
[GraphQLType("PaymentStatus")]
public enum PaymentStatus
{
    Pending,
    Captured,
    Failed,
    Refunded,
}

/// <summary>How a payment is made: which of the row's columns of a method are filled.</summary>
public enum MethodKind
{
    Card,
    BankTransfer,
    Wallet,
}

/// <summary>Who issued a card.</summary>
[GraphQLType("CardBrand")]
public enum CardBrand
{
    Amex,
    Mastercard,
    Visa,
}

/// <summary>Who runs an electronic purse.</summary>
[GraphQLType("WalletProvider")]
public enum WalletProvider
{
    ApplePay,
    GooglePay,
    Paypal,
}

/// <summary>A payment as the database keeps it.</summary>
[GraphQLType("Payment")]
public sealed class PaymentRow
{
    public int Id { get; init; }

    /// <summary>The client's own choice; unique, so that one attempt pays once.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The id of an order of the orders service.</summary>
    public int OrderId { get; init; }

    /// <summary>The id of a user of the users service.</summary>
    public int PayerId { get; init; }

    public PaymentStatus Status { get; init; }

    /// <summary>In euros.</summary>
    public decimal Amount { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public MethodKind Method { get; init; }

    /// <summary>Of cards alone, as the next three.</summary>
    public CardBrand? CardBrand { get; init; }

    public string? LastDigits { get; init; }

    public int? ExpiryMonth { get; init; }

    public int? ExpiryYear { get; init; }

    /// <summary>Of bank transfers alone, as the next one.</summary>
    public string? BankName { get; init; }

    public string? IbanSuffix { get; init; }

    /// <summary>Of wallets alone.</summary>
    public WalletProvider? WalletProvider { get; init; }
}
