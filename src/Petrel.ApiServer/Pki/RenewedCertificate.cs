using System.Security.Cryptography.X509Certificates;

namespace Petrel.ApiServer.Pki;

/// <summary>A client certificate of a server that runs for longer than one holds: issued when first asked for, and anew after two thirds of its life.</summary>
/// <param name="issue">Makes a new one.</param>
public sealed class RenewedCertificate(Func<IssuedCertificate> issue, TimeProvider time)
{
    private readonly Lock _gate = new();
    private X509Certificate2? _certificate;
    private DateTimeOffset _renewAt;

    /// <summary>The one to show now. A replaced certificate is left to the connections that still use it.</summary>
    public X509Certificate2 Current()
    {
        lock (_gate)
        {
            if (_certificate is null || time.GetUtcNow() >= _renewAt)
            {
                _certificate = issue().Load();
                var lifetime = _certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime;
                _renewAt = time.GetUtcNow() + (lifetime * (2.0 / 3));
            }

            return _certificate;
        }
    }
}
