services-name = Services
