using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Server;

namespace GraphGateway.Subgraphs.Payments;

/// <summary>The union <c>PaymentMethod</c>.</summary>
#pragma warning disable CA1040 // a union of the schema has no members of its own
public interface IPaymentMethod;
#pragma warning restore CA1040

/// <summary>With a credit or debit card.</summary>
[GraphQLType("CardPayment")]
public sealed record CardPayment(CardBrand Brand, string LastDigits, int ExpiryMonth, int ExpiryYear) : IPaymentMethod;

/// <summary>From a bank account.</summary>
[GraphQLType("BankTransfer")]
public sealed record BankTransfer(string BankName, string IbanSuffix) : IPaymentMethod;

/// <summary>From an electronic purse.</summary>
[GraphQLType("WalletPayment")]
public sealed record WalletPayment(WalletProvider Provider) : IPaymentMethod;

/// <summary>From a row of payments to the type of its method.</summary>
public static class PaymentMethod
{
    /// <summary>The method that the row keeps.</summary>
    public static IPaymentMethod Of(PaymentRow row) => row.Method switch
    {
        MethodKind.Card => new CardPayment(row.CardBrand!.Value, row.LastDigits!, row.ExpiryMonth!.Value, row.ExpiryYear!.Value),
        MethodKind.BankTransfer => new BankTransfer(row.BankName!, row.IbanSuffix!),
        _ => new WalletPayment(row.WalletProvider!.Value),
    };
}
