namespace Petrel.Dns.Wire;

/// <summary>The second 16 bits of the header (RFC 1035 section 4.1.1, RFC 4035 section 3.2).</summary>
public readonly record struct MessageFlags(ushort Bits)
{
    private const ushort ResponseBit = 0x8000;
    private const ushort AuthoritativeBit = 0x0400;
    private const ushort TruncatedBit = 0x0200;
    private const ushort RecursionDesiredBit = 0x0100;
    private const ushort RecursionAvailableBit = 0x0080;
    private const ushort AuthenticDataBit = 0x0020;
    private const ushort CheckingDisabledBit = 0x0010;
    private const int OperationShift = 11;

    public bool IsResponse { get => Has(ResponseBit); init => Bits = With(ResponseBit, value); }

    public bool Authoritative { get => Has(AuthoritativeBit); init => Bits = With(AuthoritativeBit, value); }

    public bool Truncated { get => Has(TruncatedBit); init => Bits = With(TruncatedBit, value); }

    public bool RecursionDesired { get => Has(RecursionDesiredBit); init => Bits = With(RecursionDesiredBit, value); }

    public bool RecursionAvailable { get => Has(RecursionAvailableBit); init => Bits = With(RecursionAvailableBit, value); }

    public bool AuthenticData { get => Has(AuthenticDataBit); init => Bits = With(AuthenticDataBit, value); }

    public bool CheckingDisabled { get => Has(CheckingDisabledBit); init => Bits = With(CheckingDisabledBit, value); }

    public OperationCode Operation
    {
        get => (OperationCode)((Bits >> OperationShift) & 0xF);
        init => Bits = (ushort)((Bits & ~(0xF << OperationShift)) | (((int)value & 0xF) << OperationShift));
    }

    /// <summary>The low four bits of the response code; EDNS holds the other eight.</summary>
    public int ResponseCodeLow { get => Bits & 0xF; init => Bits = (ushort)((Bits & ~0xF) | (value & 0xF)); }

    private bool Has(ushort bit) => (Bits & bit) != 0;

    private ushort With(ushort bit, bool value) => (ushort)(value ? Bits | bit : Bits & ~bit);
}
